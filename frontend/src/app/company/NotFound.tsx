import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/state";
import "../words";

export function NotFound() {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  return (
    <Empty icon="circle-help" title={t("notFound")} text={t("notFoundText")}>
      <Button onClick={() => void navigate({ to: "/" } as never)}>{t("home")}</Button>
    </Empty>
  );
}

/** The address is right, the right is not. */
export function NoPermission() {
  const { t } = useTranslation("app");
  return <Empty icon="shield-check" title={t("noPermission")} text={t("noPermissionText")} />;
}
