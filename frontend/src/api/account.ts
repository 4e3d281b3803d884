import type { EmailChangeOut, NewAddressOut, PhoneCodeOut } from "./generated/company/types.gen";

/** How one comes in and where one is reached: proved before it is relied on. */
export type EmailChange = EmailChangeOut;
export type NewAddress = NewAddressOut;
export type PhoneCode = PhoneCodeOut;
