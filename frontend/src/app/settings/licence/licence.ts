import { useQuery } from "@tanstack/react-query";
import type { ServerLicence } from "../../../api/licence";
import { get } from "../../../api/request";

export const LICENCE = ["company", "licence"];

/** What the licence of this own server says today. */
export const useLicence = () =>
  useQuery({ queryKey: LICENCE, queryFn: () => get<ServerLicence>("company/licence/") });
