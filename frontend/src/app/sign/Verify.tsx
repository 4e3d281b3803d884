import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { refreshMe } from "../../core/session/session";
import { Failed, Waiting } from "../../ui/state";
import { SignFrame } from "./SignFrame";
import "./words";

/** The link of the letter that proves an address. */
export function Screen() {
  const { t } = useTranslation("sign");
  const { token = "" } = useSearch({ strict: false }) as { token?: string };
  const proof = useQuery({
    queryKey: ["email-proof", token],
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      await post("auth/email-proof/confirm/", { token }, { anonymous: true });
      await refreshMe();
      return true;
    },
  });
  if (proof.isPending) return <Waiting rows={3} />;
  const spent =
    proof.error instanceof ApiProblem && proof.error.status > 0 && proof.error.status < 500;
  if (proof.isError && !spent) {
    return <Failed text={sentenceOf(proof.error)} onRetry={() => void proof.refetch()} />;
  }
  return (
    <SignFrame title={proof.data ? t("verified") : t("verifyBroken")}>
      <p className="t2">{proof.data ? t("verifiedText") : t("verifyBrokenText")}</p>
      <Link to={"/" as never}>{t("toWork")}</Link>
    </SignFrame>
  );
}
