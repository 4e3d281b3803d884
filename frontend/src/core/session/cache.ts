import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  QueryClient,
} from "@tanstack/react-query";
import { ApiProblem } from "../../api/problem";

class Cache extends QueryClient {
  /**
   * What has gone stale is read anew. A first reading that is under way may have been answered before
   * the change; the library would wait for it and take it for fresh, so it is begun once more.
   */
  override invalidateQueries(
    filters?: InvalidateQueryFilters,
    options?: InvalidateOptions,
  ): Promise<void> {
    const underWay = this.getQueryCache().findAll({
      ...filters,
      type: "active",
      fetchStatus: "fetching",
    });
    for (const query of underWay) {
      const isReadAgain = filters?.refetchType !== "none" && !query.isDisabled();
      if (query.state.data === undefined && isReadAgain) void query.cancel({ silent: true });
    }
    return super.invalidateQueries(filters, options);
  }
}

/** One cache for the whole page; the server tells by socket what has gone stale. */
export const cache = new Cache({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => count < 1 && !(error instanceof ApiProblem),
      refetchOnWindowFocus: true,
    },
  },
});
