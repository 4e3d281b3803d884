import type * as shapes from "./generated/company/types.gen";

/** What the service's people may, and what the service says, on a company's own host. */
export type SupportAccess = shapes.SupportAccess;
export type SupportLine = shapes.SupportLine;
export type Announced = shapes.AnnouncedLine;
export type Move = shapes.PresentAddress;
