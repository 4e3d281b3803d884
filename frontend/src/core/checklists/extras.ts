import { createContext } from "react";
import type { Point } from "../../api/contract";
import type { MenuItem } from "../../ui/menu";

/** What a kind of card offers to do with a point besides what every checklist does. */
export const PointExtras = createContext<(point: Point) => MenuItem[]>(() => []);
