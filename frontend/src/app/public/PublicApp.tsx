import { useEffect, useState } from "react";
import { Toasts } from "../../ui/toast";
import { FindCompany } from "./FindCompany";
import { Landing } from "./Landing";
import "./public.css";
import { PaperPage } from "./PaperPage";
import { PricesPage } from "./PricesPage";
import { type Place, placeNow } from "./place";
import "./words";

/** The product's own address: what it is, sign-up, the way back for those who forgot theirs. */
export function App() {
  const [place, setPlace] = useState<Place>(placeNow);
  useEffect(() => {
    const follow = () => setPlace(placeNow());
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, []);
  return (
    <>
      <Page place={place} />
      <Toasts />
    </>
  );
}

function Page({ place }: { place: Place }) {
  if (place === "/prices") return <PricesPage />;
  if (place === "/find") return <FindCompany />;
  if (place === "/terms" || place === "/privacy") return <PaperPage key={place} place={place} />;
  return <Landing />;
}
