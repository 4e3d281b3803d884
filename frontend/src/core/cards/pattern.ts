import { createContext } from "react";

/** The card is a pattern from which others are made: nobody works by it, so its tools only describe. */
export const PatternContext = createContext(false);
