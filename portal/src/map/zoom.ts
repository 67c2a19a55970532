import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import type { View } from "./view.ts";

/** What the buttons and keys of a map do. */
export type ZoomControl = {
  readonly by: (factor: number) => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly whole: () => void;
  readonly detach: () => void;
};

/**
 * Zooms and pans by pointer: wheel with Ctrl or ⌘ and pinch zoom, dragging pans. A plain wheel and one finger on an
 * unzoomed map scroll the page.
 */
export function attachZoom(svg: SVGSVGElement, onView: (view: View) => void): ZoomControl {
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, 12])
    .extent(() => [
      [0, 0],
      [svg.clientWidth, svg.clientHeight],
    ])
    .filter((event: Event) => accepts(event, svg))
    .on("zoom", ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => onView(viewOf(transform)));
  const bound = (): void => {
    behaviour.translateExtent([
      [0, 0],
      [svg.clientWidth, svg.clientHeight],
    ]);
  };
  bound();
  const selection = select<SVGSVGElement, unknown>(svg);
  selection.call(behaviour).on("dblclick.zoom", null);
  const observer = new ResizeObserver(bound);
  observer.observe(svg);
  return {
    by: (factor) => selection.call(behaviour.scaleBy, factor),
    pan: (dx, dy) => selection.call(behaviour.translateBy, dx, dy),
    whole: () => selection.call(behaviour.transform, zoomIdentity),
    detach: () => {
      observer.disconnect();
      selection.on(".zoom", null);
    },
  };
}

function viewOf({ k, x, y }: ZoomTransform): View {
  return { k, x, y };
}

function accepts(event: Event, svg: SVGSVGElement): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
  if ("touches" in event) return (event as TouchEvent).touches.length > 1 || svg.dataset["zoomed"] === "true";
  return event instanceof MouseEvent && event.button === 0 && !event.ctrlKey;
}
