import { useLingui } from "@lingui/react/macro";
import { Maximize, Minus, Plus } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useSize } from "../ui/useSize.ts";
import { boundsOf, type GeoJson, geometriesOf, type Position, positionsOf } from "./geojson.ts";
import { Areas, type AreaTone, Ground, type MapArea, type MapGround } from "./Layers.tsx";
import styles from "./MapFrame.module.css";
import { type MapMark, Marks } from "./Marks.tsx";
import { fitTo } from "./projection.ts";
import { type View, WHOLE } from "./view.ts";
import type { ZoomControl } from "./zoom.ts";

export type { AreaTone, MapArea, MapGround, MapMark };

type MapFrameProps = {
  /** What the map shows, for those who do not see it; the table twin stands beside the map. */
  label: string;
  ground: readonly MapGround[];
  areas: readonly MapArea[];
  marks: readonly MapMark[];
  /** Where a chosen mark leads. */
  onChoose?: (id: string) => void;
  /** The legend, below the map. */
  children?: ReactNode;
};

const STEP = 1.6;
const PAN = 60;

/** A map of own vector data that fills its frame: fitted to the data, zoomed by pointer, buttons and keys + − 0 and arrows. */
export function MapFrame({ label, ground, areas, marks, onChoose, children }: MapFrameProps) {
  const { t } = useLingui();
  const [frameRef, size] = useSize<HTMLDivElement>();
  const svgRef = useRef<SVGSVGElement>(null);
  const [control, setControl] = useState<ZoomControl>();
  const [view, setView] = useState<View>(WHOLE);
  const drawn = size.width > 0 && size.height > 0;

  const bounds = useMemo(() => boundsOf(fittedPositions(ground, areas, marks)), [ground, areas, marks]);
  const boundsKey = bounds.join();
  const project = useMemo(
    () =>
      fitTo(boundsKey.split(",").map(Number) as unknown as typeof bounds, { ...size, padding: paddingFor(size.width) }),
    [boundsKey, size],
  );

  useEffect(() => {
    const svg = svgRef.current;
    if (!svg || !drawn) return;
    let attached: ZoomControl | undefined;
    let gone = false;
    void import("./zoom.ts").then(({ attachZoom }) => {
      if (gone) return;
      attached = attachZoom(svg, setView);
      setControl(attached);
    });
    return () => {
      gone = true;
      attached?.detach();
    };
  }, [drawn]);

  useEffect(() => {
    const frame = frameRef.current;
    if (!frame || !control) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || !press(event.key, control)) return;
      event.preventDefault();
    };
    frame.addEventListener("keydown", onKey);
    return () => frame.removeEventListener("keydown", onKey);
  }, [control, frameRef]);

  const transform = `translate(${view.x},${view.y}) scale(${view.k})`;
  return (
    <figure className={styles.figure}>
      <div ref={frameRef} className={styles.frame}>
        {drawn && (
          <svg
            ref={svgRef}
            aria-label={label}
            viewBox={`0 0 ${size.width} ${size.height}`}
            className={styles.svg}
            data-zoomed={view.k > 1}
          >
            <HatchPattern />
            <g transform={transform}>
              <Ground ground={ground} project={project} />
              <Areas areas={areas} project={project} />
            </g>
            <Marks marks={marks} project={project} view={view} size={size} onChoose={onChoose} />
          </svg>
        )}
        <div className={styles.buttons}>
          <button type="button" aria-label={t`Zoom in`} onClick={() => control?.by(STEP)}>
            <Plus size={18} aria-hidden="true" />
          </button>
          <button type="button" aria-label={t`Zoom out`} onClick={() => control?.by(1 / STEP)}>
            <Minus size={18} aria-hidden="true" />
          </button>
          <button type="button" aria-label={t`Show everything`} onClick={() => control?.whole()}>
            <Maximize size={16} aria-hidden="true" />
          </button>
        </div>
      </div>
      {children && <figcaption className={styles.legend}>{children}</figcaption>}
    </figure>
  );
}

/** The frame is fitted to what the map is about; to its ground only where there is nothing else. */
function fittedPositions(ground: readonly MapGround[], areas: readonly MapArea[], marks: readonly MapMark[]) {
  const about = [...areas.flatMap(({ geometry }) => corners(geometry)), ...marks.map((mark) => mark.at)];
  return about.length > 0 ? about : ground.flatMap(({ geometry }) => corners(geometry));
}

function corners(json: GeoJson): Position[] {
  return geometriesOf(json).flatMap(({ geometry }) => positionsOf(geometry));
}

function paddingFor(width: number): number {
  return width < 600 ? 18 : 36;
}

function press(key: string, control: ZoomControl): boolean {
  switch (key) {
    case "+":
    case "=":
      control.by(STEP);
      return true;
    case "-":
      control.by(1 / STEP);
      return true;
    case "0":
      control.whole();
      return true;
    case "ArrowLeft":
      control.pan(PAN, 0);
      return true;
    case "ArrowRight":
      control.pan(-PAN, 0);
      return true;
    case "ArrowUp":
      control.pan(0, PAN);
      return true;
    case "ArrowDown":
      control.pan(0, -PAN);
      return true;
    default:
      return false;
  }
}

/** The hatch of withheld values, for every drawing that needs it. */
export function HatchPattern() {
  return (
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0,0V6" className={styles.hatchLine} />
      </pattern>
    </defs>
  );
}
