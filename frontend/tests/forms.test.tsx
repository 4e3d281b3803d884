import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { LetterForm } from "../src/app/LetterForm";
import { SignUpForm } from "../src/app/public/SignUpForm";
import { serve } from "./server";

const errors = (fields: Record<string, string>) => ({
  status: 422,
  body: {
    type: "/problems/invalid",
    title: "Проверьте поля",
    status: 422,
    errors: Object.entries(fields).map(([name, detail]) => ({ pointer: `/${name}`, detail })),
  },
});

describe("a form", () => {
  const letter = (sent = vi.fn()) => (
    <LetterForm
      path="auth/password-reset/"
      text=""
      label="Почта"
      button="Прислать"
      autoComplete="email"
      testId="letter"
      onSent={sent}
    />
  );

  it("says itself what is wanting, and asks the server nothing", async () => {
    const asked = serve({});
    const user = userEvent.setup();
    render(letter());
    const box = screen.getByLabelText("Почта");
    expect(box.closest("form")).toHaveProperty("noValidate", true);
    await user.click(screen.getByText("Прислать"));
    expect(screen.getByRole("alert")).toHaveTextContent("Заполните это поле");
    expect(box).toHaveFocus();
    await user.type(box, "иванова");
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    await user.keyboard("{Enter}");
    expect(screen.getByRole("alert")).toHaveTextContent("Это не похоже на адрес почты");
    expect(asked).toEqual([]);
  });

  it("goes when its fields hold what they must", async () => {
    serve({ "POST auth/password-reset/": { status: 204 } });
    const sent = vi.fn();
    const user = userEvent.setup();
    render(letter(sent));
    await user.type(screen.getByLabelText("Почта"), "a@sever.ru{Enter}");
    await waitFor(() => expect(sent).toHaveBeenCalledOnce());
  });
});

describe("sign-up", () => {
  it("takes an error away with the value it was about", async () => {
    serve({
      "GET signup/slug/": ({ query }) => ({
        body: { slug: query.get("slug") ?? "artel", free: true, reason: null },
      }),
      "POST signup/": errors({ email: "Проверьте адрес", slug: "Этот адрес заняли" }),
    });
    const user = userEvent.setup({ delay: null });
    render(<SignUpForm filled={null} onStarted={vi.fn()} />);
    await user.type(screen.getByTestId("signup-email"), "кто-то");
    await user.type(screen.getByTestId("signup-company"), "Артель");
    expect(await screen.findByText("Адрес свободен")).toBeInTheDocument();
    await user.click(screen.getByTestId("signup-submit"));
    expect(await screen.findByText("Проверьте адрес")).toBeInTheDocument();
    expect(screen.queryByText("Адрес свободен")).not.toBeInTheDocument();
    await user.type(screen.getByTestId("signup-email"), "@sever.ru");
    expect(screen.queryByText("Проверьте адрес")).not.toBeInTheDocument();
    expect(screen.getByText("Этот адрес заняли")).toBeInTheDocument();
    await user.type(screen.getByTestId("signup-slug"), "-2");
    expect(screen.queryByText("Этот адрес заняли")).not.toBeInTheDocument();
    expect(await screen.findByText("Адрес свободен")).toBeInTheDocument();
  });
});
