/** Magnification k and shift x, y in pixels of the frame. */
export type View = { readonly k: number; readonly x: number; readonly y: number };

/** The whole map, as it was fitted. */
export const WHOLE: View = { k: 1, x: 0, y: 0 };
