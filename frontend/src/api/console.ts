import type * as shapes from "./generated/console/types.gen";

/** The console's words for the shapes of the server; the shapes themselves are generated. */
export type ConsoleState = shapes.StateOfConsole;
export type OperatorMe = shapes.OperatorMe;
export type CompanyLine = shapes.CompanyLine;
export type CompanyCard = shapes.CompanyCard;
export type Health = shapes.HealthOut;
export type Parked = shapes.ParkedLine;
export type Announcement = shapes.AnnouncementOut;
export type Operator = shapes.OperatorOut;
export type OperatorRole = shapes.OperatorOut["role"];
export type Deed = shapes.DeedOut;
export type PlanVersion = shapes.PlanVersionOut;
export type ConsolePlans = shapes.ConsolePlans;
export type PlanVersionForm = shapes.PlanVersionFormRequest;
export type OperatorSession = shapes.OperatorSessionLine;
