import type {
  ConsentOut,
  CopyOut,
  CopyPage,
  ErasureOut,
  PersonDataOut,
  PersonFileOut,
  ProcessingOut,
  TakeoutOut,
  TakeoutsOut,
} from "./generated/company/types.gen";

/** Taking all data of the company along, and erasing the company. */
export type Takeout = TakeoutOut;
export type Takeouts = TakeoutsOut;
export type CompanyErasure = ErasureOut;

/** Nightly copies. */
export type CompanyCopy = CopyOut;
export type CompanyCopies = CopyPage;

/** Personal data: of oneself, and of whoever has left. */
export type PersonData = PersonDataOut;
export type PersonFile = PersonFileOut;
export type ConsentLine = ConsentOut;
export type ProcessingLine = ProcessingOut;
