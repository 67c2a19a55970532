import { Trans, useLingui } from "@lingui/react/macro";
import styles from "./Text.module.css";

/** What a hostile reader would find, said first: the limits of docs/privacy.md, those of people and years on top. */
export function KnownLimits() {
  const { t } = useLingui();
  return (
    <section className={styles.section} aria-labelledby="limits">
      <h2 id="limits">{t`Known limits`}</h2>
      <ul className={styles.points}>
        <li>
          <Trans>
            A person may be several units. Somebody seen as k units in a day has k times the ε, and several populations
            add up: three tracks at ε 1.6 are 4.8 for one day.
          </Trans>
        </li>
        <li>
          <Trans>
            Days add up. A unit that is there every day at ε 1.6 has 11.2 after 7 days, 48 after 30 and 584 after 365;
            three units have 1752. That is no protection by itself: the promise is about a day.
          </Trans>
        </li>
        <li>
          <Trans>
            Only accepted records are covered. Records that are refused, late or beyond the bound of a day are not
            counted, so the interval is of the noise only.
          </Trans>
        </li>
        <li>
          <Trans>
            Outside the promise: rows about things, free bikes and docks, forecasts, messages of agencies, positions of
            sensors, schedules, declared outages, and that a feed exists or is silent. Rows about things are exact and
            may let somebody guess who was near.
          </Trans>
        </li>
        <li>
          <Trans>
            The sensitive incident rule needs five verified sources. Whoever holds four of them can learn whether a
            fifth, true report was there, and of which kind; whoever holds five can make appear what never happened.
            That is stated here because it cannot be excluded.
          </Trans>
        </li>
        <li>
          <Trans>
            A day with a correction for a declared outage costs the planned ε and the correction's, together at most
            2.0. Both versions stay visible and can be combined.
          </Trans>
        </li>
        <li>
          <Trans>
            An insider with the restricted database and the key of a day can link what one unit did on that day, and
            test whether a known identifier was there. Once the key is destroyed nobody can.
          </Trans>
        </li>
        <li>
          <Trans>
            Destroying a key makes its records unreadable. It does not erase the storage medium; who needs that uses a
            key management device.
          </Trans>
        </li>
        <li>
          <Trans>
            Pairs of places below the threshold are not stored, so that the pairs shown do not add up to a total.
            Occupancy counts who is inside at the instant a window starts.
          </Trans>
        </li>
        <li>
          <Trans>
            Places and windows are public and fixed before the day. Where only one household can be in a place, its
            noised count is about that household: choosing places is a judgement that no noise replaces.
          </Trans>
        </li>
        <li>
          <Trans>
            The promise assumes the code that runs and the system's random numbers. What is released is in the log; what
            the code does is for everybody to read and to attack.
          </Trans>
        </li>
      </ul>
    </section>
  );
}
