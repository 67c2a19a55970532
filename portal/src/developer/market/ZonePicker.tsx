import { Plural, useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import type { OfferZonesQuery } from "../../generated/graphql.ts";
import { type GeoJson, geometriesOf } from "../../map/geojson.ts";
import { groundOf } from "../../map/ground.ts";
import { type MapArea, MapFrame, type MapMark } from "../../map/MapFrame.tsx";
import { useLanguage } from "../../text/i18n.tsx";
import { ManyOf } from "../../ui/form/ManyOf.tsx";
import { KIND_WORD } from "../../ui/words.ts";
import styles from "./ZonePicker.module.css";

export type Zone = NonNullable<OfferZonesQuery["dataset"]>["places"]["nodes"][number];

type ZonePickerProps = {
  zones: readonly Zone[];
  backdrop: GeoJson | null;
  chosen: readonly string[];
  onChange: (slugs: string[]) => void;
  error?: string | undefined;
};

/** Zones of a dataset on a map, and the same zones as a list to tick: both choose the same. */
export function ZonePicker({ zones, backdrop, chosen, onChange, error }: ZonePickerProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [words, setWords] = useState("");
  const ground = useMemo(() => groundOf([], backdrop), [backdrop]);
  const isChosen = new Set(chosen);
  const areas = zones
    .filter(({ geometry }) => geometriesOf(geometry).some((part) => part.geometry.type !== "Point"))
    .map(({ slug, geometry }): MapArea => ({ id: slug, geometry, tone: isChosen.has(slug) ? "chosen" : "outline" }));
  const marks = zones.map((zone): MapMark => {
    const name = zone.name[language];
    return {
      id: zone.slug,
      at: zone.centre,
      shape: { kind: isChosen.has(zone.slug) ? "chosen" : "dot" },
      label: name,
      spoken: isChosen.has(zone.slug) ? t`${name}, chosen; choose to take it out` : t`${name}; choose to take it in`,
      priority: isChosen.has(zone.slug) ? 1 : 0,
      href: "#area",
    };
  });
  const toggle = (slug: string): void =>
    onChange(isChosen.has(slug) ? chosen.filter((known) => known !== slug) : [...chosen, slug]);
  const found = zones.filter((zone) => fits(zone, words));
  return (
    <div className={styles.picker} id="area">
      <MapFrame label={t`Map of the zones`} ground={ground} areas={areas} marks={marks} onChoose={toggle}>
        <Plural value={chosen.length} _0="No zone chosen" one="# zone chosen" other="# zones chosen" />
      </MapFrame>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div className={styles.list} tabIndex={0}>
        <ManyOf
          name="area"
          label={t`The zones as a list`}
          values={chosen}
          error={error}
          onChange={onChange}
          options={found.map(({ slug, name, kind }) => ({
            value: slug,
            text: name[language],
            help: t(KIND_WORD[kind]),
          }))}
        >
          {zones.length > 8 && (
            <input
              type="search"
              className={styles.find}
              aria-label={t`Find a zone by name`}
              placeholder={t`Find a zone by name`}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
        </ManyOf>
      </div>
    </div>
  );
}

function fits({ name, slug }: Zone, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return wanted === "" || [name.ko, name.en, slug].some((text) => text.toLowerCase().includes(wanted));
}
