import type * as company from "./generated/company/types.gen";
import type * as console from "./generated/console/types.gen";

/** What people ask of those who run the service, on a company's host and at the console. */
export type Help = company.HelpOut;
export type Appeal = company.AppealOut;
export type AppealState = company.AppealOut["state"];
export type AppealLine = company.AppealLineOut;
export type AppealContext = company.ContextOfAppeal;
export type Paper = company.PaperOut;
export type QueuedAppeal = console.QueuedAppeal;
export type QueuedAppeals = console.QueuedAppeals;
export type AppealCard = console.AppealCard;
export type ThreadLine = console.ThreadLine;
