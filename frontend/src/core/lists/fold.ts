import { type RefObject, useEffect, useLayoutEffect, useReducer, useState } from "react";

/** Whether what stands in a bar has gone on into a second row. */
function wraps(bar: HTMLElement): boolean {
  const [first, ...others] = [...bar.children].map((child) => child.getBoundingClientRect());
  return first !== undefined && others.some((box) => box.top >= first.bottom);
}

/**
 * How many of `most` things are put away so that a bar stays one row. It is measured anew, one by
 * one and before anything is drawn, whenever the bar or its words (`key`) change.
 */
export function useFold(bar: RefObject<HTMLElement | null>, most: number, key: string): number {
  const [width, setWidth] = useState(0);
  const [, look] = useReducer((times: number) => times + 1, 0);
  const [put, setPut] = useState({ at: "", count: 0 });
  const at = `${width} ${key}`;
  const count = put.at === at ? put.count : 0;

  useEffect(() => {
    const box = bar.current;
    if (!box) return;
    // A bar that has become higher holds more than was known when it was measured.
    const seen = new ResizeObserver(() => {
      setWidth(box.clientWidth);
      look();
    });
    seen.observe(box);
    return () => seen.disconnect();
  }, [bar]);
  useLayoutEffect(() => {
    if (bar.current && count < most && wraps(bar.current)) setPut({ at, count: count + 1 });
  });
  return count;
}
