import type { MouseEvent } from "react";
import type { Level } from "../generated/graphql.ts";
import { StageShape } from "../ui/Stage.tsx";
import type { FlowClass } from "./classes.ts";
import { declutter, type Side, textWidth } from "./declutter.ts";
import type { Position } from "./geojson.ts";
import styles from "./Marks.module.css";
import type { Project } from "./projection.ts";
import type { View } from "./view.ts";

/** How a point shows its value: its class, withheld, or without an entry. */
export type ValueTone = `flow${FlowClass}` | "withheld" | "none";

/** A thing that stands on a point. With `href` it can be reached by keyboard; the rest is in the table twin. */
export type MapMark = {
  readonly id: string;
  readonly at: Position;
  readonly shape:
    | { kind: "stage"; level: Level }
    | { kind: "value"; tone: ValueTone; chosen: boolean }
    | { kind: "unknown" | "station" | "incident" | "dot" | "chosen" };
  /** Beside the mark where there is room, always on hover and focus. */
  readonly label: string;
  /** The whole of it in words: name, stage, value with interval. */
  readonly spoken: string;
  readonly priority: number;
  /** The label shows on hover only: what stands in numbers would drown the rest. */
  readonly quiet?: boolean;
  readonly href?: string;
};

type MarksProps = {
  marks: readonly MapMark[];
  project: Project;
  view: View;
  size: { readonly width: number; readonly height: number };
  onChoose: ((id: string) => void) | undefined;
};

const SIZE = 13;
const GAP = 12;

/** Marks keep their size while the map is zoomed; labels are placed by priority without overlap. */
export function Marks({ marks, project, view, size, onChoose }: MarksProps) {
  const placed = marks.map((mark) => {
    const [x, y] = project(mark.at);
    return { mark, x: view.x + x * view.k, y: view.y + y * view.k };
  });
  const sides = declutter(
    placed
      .filter(({ mark }) => !mark.quiet)
      .map(({ mark, x, y }) => ({
        id: mark.id,
        x,
        y,
        width: textWidth(mark.label, SIZE),
        height: SIZE * 1.3,
        priority: mark.priority,
      })),
    size,
    GAP,
  );
  const drawn = [...placed].sort((a, b) => a.mark.priority - b.mark.priority);
  return drawn.map(({ mark, x, y }) => (
    <Mark key={mark.id} mark={mark} x={x} y={y} side={sides.get(mark.id)} onChoose={onChoose} />
  ));
}

type MarkProps = { mark: MapMark; x: number; y: number; side: Side | undefined; onChoose: MarksProps["onChoose"] };

function Mark({ mark, x, y, side, onChoose }: MarkProps) {
  const content = (
    <>
      <circle r={GAP + 2} className={styles.reach} />
      <Shape shape={mark.shape} />
      <text className={styles.label} data-hidden={side === undefined} {...anchor(side ?? "right")}>
        {mark.label}
      </text>
    </>
  );
  const transform = `translate(${x},${y})`;
  if (!mark.href) {
    return (
      <g transform={transform} className={styles.mark}>
        <title>{mark.spoken}</title>
        {content}
      </g>
    );
  }
  const open = (event: MouseEvent): void => {
    if (!onChoose || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(mark.id);
  };
  return (
    <g transform={transform}>
      <a href={mark.href} aria-label={mark.spoken} className={styles.mark} onClick={open}>
        {content}
      </a>
    </g>
  );
}

function Shape({ shape }: { shape: MapMark["shape"] }) {
  switch (shape.kind) {
    case "stage":
      return <StageShape level={shape.level} />;
    case "unknown":
      return <circle r={7} className={styles.unknown} />;
    case "station":
      return <rect x={-4} y={-4} width={8} height={8} rx={1.5} className={styles.station} />;
    case "incident":
      return <path d="M0,-7L7,5.5H-7Z" className={styles.incident} />;
    case "value":
      return <ValueShape tone={shape.tone} chosen={shape.chosen} />;
    case "dot":
      return <circle r={5} className={styles.dot} />;
    case "chosen":
      return <circle r={7} className={styles.chosen} />;
  }
}

/** A dot in the colour of its class; hatched when withheld, hollow when there is no entry, ringed when chosen. */
export function ValueShape({ tone, chosen = false }: { tone: ValueTone; chosen?: boolean }) {
  return (
    <>
      {chosen && <circle r={9} className={styles.ring} />}
      <circle r={6.5} className={styles.under} />
      <circle r={6.5} className={`${styles.value} ${styles[tone]}`} />
    </>
  );
}

function anchor(side: Side): { x: number; y: number; textAnchor: "start" | "end" | "middle" } {
  switch (side) {
    case "right":
      return { x: GAP, y: SIZE * 0.36, textAnchor: "start" };
    case "left":
      return { x: -GAP, y: SIZE * 0.36, textAnchor: "end" };
    case "below":
      return { x: 0, y: GAP + SIZE, textAnchor: "middle" };
    case "above":
      return { x: 0, y: -GAP - SIZE * 0.3, textAnchor: "middle" };
  }
}
