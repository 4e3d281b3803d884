import type { ErasureOut, TakeoutOut, TakeoutsOut } from "./generated/company/types.gen";

/** Taking all data of the company along, and erasing the company. */
export type Takeout = TakeoutOut;
export type Takeouts = TakeoutsOut;
export type CompanyErasure = ErasureOut;
