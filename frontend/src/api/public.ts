import type * as shapes from "./generated/public/types.gen";

/** The words of the public pages for the shapes of the server; the shapes themselves are generated. */
export type Founded = shapes.Founded;
export type SignUpSent = shapes.SignUpSent;
export type SlugAnswer = shapes.SlugAnswer;
export type Prices = shapes.PublicPrices;
export type PublicPlan = shapes.PricedPlan;
