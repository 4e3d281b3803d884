import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { PictureButton } from "../src/core/attachments/PictureButton";

const PICTURE = new File(["x"], "Лицо.png", { type: "image/png" });

it("asks for a picture, gives it on, and takes the same one again", async () => {
  const chosen = vi.fn();
  render(
    <PictureButton label="Фотография" busy={false} onChoose={chosen} name="photo">
      Сменить
    </PictureButton>,
  );
  const box = screen.getByLabelText<HTMLInputElement>("Фотография");
  const opened = vi.spyOn(box, "click");
  await userEvent.click(screen.getByRole("button", { name: "Сменить" }));
  expect(opened).toHaveBeenCalledOnce();
  await userEvent.upload(box, PICTURE);
  expect(box.value).toBe("");
  await userEvent.upload(box, PICTURE);
  expect(chosen.mock.calls).toEqual([[PICTURE], [PICTURE]]);
});

it("takes nothing that is no picture", async () => {
  const chosen = vi.fn();
  render(
    <PictureButton label="Логотип" busy={false} onChoose={chosen} name="logo">
      Повесить
    </PictureButton>,
  );
  const box = screen.getByLabelText("Логотип");
  await userEvent.upload(box, new File(["x"], "Смета.pdf", { type: "application/pdf" }));
  expect(chosen).not.toHaveBeenCalled();
});
