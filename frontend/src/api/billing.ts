import type {
  ActOut,
  BuyerFormRequest,
  CardOut,
  InvoiceLineOut,
  InvoiceOut,
  LimitOut,
  MeterOut,
  MetersOut,
  MyAllowance,
  PricedPlan,
  PriceLine,
  QuoteOut,
  ReturnOut,
  SubscriptionOut,
  UsageDayOut,
  WishFormRequest,
} from "./generated/company/types.gen";

/** What a company pays for: the words of the screens for the shapes of the server. */
export type Allowed = MyAllowance;
export type Plan = PricedPlan;
export type Subscription = SubscriptionOut;
export type Limit = LimitOut;
export type Quote = QuoteOut;
export type QuoteLine = PriceLine;
export type Wish = Required<WishFormRequest>;
export type Buyer = Required<BuyerFormRequest>;
export type Invoice = InvoiceOut;
export type InvoiceLine = InvoiceLineOut;
export type Act = ActOut;
export type UsageDay = UsageDayOut;
export type Meter = MeterOut;
export type Meters = MetersOut;
export type Card = CardOut;
export type Returned = ReturnOut;
