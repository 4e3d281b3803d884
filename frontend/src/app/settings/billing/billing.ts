import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type {
  Act,
  Buyer,
  Card,
  Invoice,
  InvoiceLine,
  Meters,
  Plan,
  Quote,
  Subscription,
  UsageDay,
  Wish,
} from "../../../api/billing";
import type { CompanySettings, Page } from "../../../api/contract";
import { get, post, put } from "../../../api/request";
import { cache } from "../../../core/session/cache";

const KEY = ["billing"];
const PAGE = 10;

/** Whatever has been bought or made out: all of the page is asked again. */
export const refreshBilling = () => cache.invalidateQueries({ queryKey: KEY });

export const useSubscription = () =>
  useQuery({
    queryKey: [...KEY, "subscription"],
    queryFn: ({ signal }) => get<Subscription>("billing/subscription/", { signal }),
  });

/** The card that pays, and whether cards are taken here at all. */
export const useCard = () =>
  useQuery({
    queryKey: [...KEY, "card"],
    queryFn: ({ signal }) => get<Card>("billing/card/", { signal }),
  });

/** What is used by the unit this month, and how much may be spent on it. */
export const useMeters = () =>
  useQuery({
    queryKey: [...KEY, "meters"],
    queryFn: ({ signal }) => get<Meters>("billing/meters/", { signal }),
  });

/** How much may be spent on a meter in a month; null takes the word back. */
export async function setCeiling(code: string, ceiling: string | null): Promise<void> {
  const told = await put<Meters>(`billing/meters/${code}/`, { ceiling });
  cache.setQueryData([...KEY, "meters"], told);
}

/** Go to the page of the provider; the person comes back to this one. */
export async function goTo(path: string, body?: unknown): Promise<void> {
  const { url } = await post<{ url: string }>(path, body);
  window.location.assign(url);
}

export const usePlans = () =>
  useQuery({
    queryKey: [...KEY, "plans"],
    queryFn: async ({ signal }) =>
      (await get<{ results: Plan[] }>("billing/plans/", { signal })).results,
  });

/** What a choice costs; null asks nothing. What was counted last stands until the next is there. */
export const useQuote = (wish: Wish | null) =>
  useQuery({
    queryKey: [...KEY, "preview", wish],
    queryFn: ({ signal }) => post<Quote>("billing/preview/", wish, { signal, reads: true }),
    enabled: wish !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const useInvoice = (id: number) =>
  useQuery({
    queryKey: [...KEY, "invoice", id],
    queryFn: ({ signal }) => get<Invoice>(`billing/invoices/${id}/`, { signal }),
  });

/** Requisites of the last invoice; without one those that the company has told of itself. */
export const useLastBuyer = (name: string, mayAskCompany: boolean) =>
  useQuery({
    queryKey: [...KEY, "buyer", name, mayAskCompany],
    queryFn: async ({ signal }): Promise<Buyer> => {
      const { results } = await get<Page<InvoiceLine>>("billing/invoices/", {
        query: { limit: 1 },
        signal,
      });
      if (results[0]) {
        return (await get<Invoice>(`billing/invoices/${results[0].id}/`, { signal })).buyer;
      }
      const known = mayAskCompany ? await get<CompanySettings>("company/", { signal }) : null;
      return { name, inn: known?.inn ?? "", kpp: "", address: "" };
    },
  });

/** A list of papers or days, the newest first, page by page. */
function usePages<T>(path: string) {
  return useInfiniteQuery({
    queryKey: [...KEY, path],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<T>>(path, { query: { limit: PAGE, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next,
  });
}

export type Pages<T> = ReturnType<typeof usePages<T>>;

export const useInvoices = () => usePages<InvoiceLine>("billing/invoices/");
export const useActs = () => usePages<Act>("billing/acts/");
export const useUsage = () => usePages<UsageDay>("billing/usage/");
