import type { LicenceLine, LicenceOut } from "./generated/company/types.gen";

/** The licence of an own server. */
export type ServerLicence = LicenceOut;
export type LicenceText = LicenceLine;
