import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button";
import { isOffered, setOffered, standingOf, useBrowsers, useHere } from "./browsers";
import "./words";

/** Said once in this browser: notices may come while no page is open. */
export function PushOffer({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation("notices");
  const [closed, setClosed] = useState(isOffered);
  const here = useHere();
  const isPossible = ["default", "granted"].includes(here.data?.permission ?? "");
  const browsers = useBrowsers(!closed && isPossible);
  if (closed || !here.data || !browsers.data?.public_key) return null;
  if (standingOf(here.data, browsers.data) !== "off") return null;
  return (
    <p className="bell-offer" data-testid="push-offer">
      <span className="grow">
        {t("offer")}{" "}
        <Link
          to={"/settings/notifications" as never}
          className="link"
          onClick={() => {
            setOffered();
            onOpen();
          }}
        >
          {t("offerOpen")}
        </Link>
      </span>
      <IconButton
        icon="x"
        small
        label={t("offerClose")}
        onClick={() => {
          setOffered();
          setClosed(true);
        }}
      />
    </p>
  );
}
