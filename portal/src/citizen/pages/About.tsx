import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import styles from "./Text.module.css";

/** What Madang is and how a reading becomes a number on a page. */
export function About() {
  const { t } = useLingui();
  return (
    <article className={styles.page}>
      <title>{t`About · Madang`}</title>
      <h1>{t`The courtyard everyone shares`}</h1>
      <p className={styles.lead}>
        <Trans>
          Madang is a city's open data hub. Devices on the street send what they count; the hub makes it anonymous, adds
          noise that is measured, and publishes it for everyone: crowds, mobility, incidents.
        </Trans>
      </p>
      <section className={styles.section}>
        <h2>{t`The way of a reading`}</h2>
        <ol className={styles.steps}>
          <li>
            <Trans>
              A registered device signs a batch of readings. It holds counts and tracks, never images or sound.
            </Trans>
          </li>
          <li>
            <Trans>The intake checks the signature and seals the batch; it cannot open it again itself.</Trans>
          </li>
          <li>
            <Trans>
              A worker opens it once, replaces identifiers under a key that lives for a day, and bounds what one unit
              may add.
            </Trans>
          </li>
          <li>
            <Trans>
              When the window has closed, noise is drawn once and the value with its interval is published for good.
            </Trans>
          </li>
          <li>
            <Trans>This page, the files and every program read exactly these published values.</Trans>
          </li>
        </ol>
      </section>
      <section className={styles.section}>
        <h2>{t`For programs`}</h2>
        <p>
          <Trans>
            The graph answers at <code>/graphql</code> without a login; every page of this portal uses nothing else. The{" "}
            <Link to="/datasets">list of data</Link> shows each question ready to copy. Devices speak{" "}
            <a href="/edge/v1/schema.json">this JSON schema</a>.
          </Trans>
        </p>
      </section>
      <section className={styles.section}>
        <h2>{t`Reading the numbers`}</h2>
        <p>
          <Trans>
            "1 240 ±30" means: with 95 % certainty the noise moved the count by no more than 30. A hatched place or
            window is withheld and says why. Stages go by persons per square metre, by colour, shape and word alike.
          </Trans>
        </p>
      </section>
    </article>
  );
}
