// Correcting what is held: what may be edited changes at once, the rest is proposed and answered at the desk.

import { axe, expect, fitsPhone, login, mails, signIn, test, visit } from "./fixtures.ts";

const tenant = "lumina-erp";

test("L11, E18: a person corrects their own record, and support answers what is proposed", async ({ page, browser }) => {
  // Once per project, since each changes what is held.
  const project = test.info().project.name;
  const number = project === "javascript" ? 0 : 1;
  const { email } = login(tenant, "customer", number);
  const phone = `+1 713 555 02${number}0`;
  await signIn(page, tenant, "customer", number);
  await page.getByRole("link", { name: "Correct something" }).click();
  await axe(page);
  await fitsPhone(page);
  await page.getByRole("link", { name: "Account data" }).click();
  await page.getByRole("link", { name: /^Correct this item/ }).first().click();
  await axe(page);
  await fitsPhone(page);

  // What is never held is refused, and the form keeps the rest.
  await page.getByLabel("Phone").fill(phone);
  await page.getByLabel("Job title").fill("4242 4242 4242 4242");
  await page.getByRole("button", { name: "Send the correction" }).click();
  await expect(page.getByRole("alert")).toContainText("looks like card details");
  await expect(page.getByLabel("Phone")).toHaveValue(phone);
  await axe(page);
  await page.getByLabel("Job title").fill("Head of pumps");
  await page.getByLabel("Email address").fill(`new.${email}`);
  await page.getByRole("button", { name: "Send the correction" }).click();
  await expect(page.locator("h1")).toHaveText("Changed, and proposed");
  await axe(page);
  await fitsPhone(page);

  await page.getByRole("link", { name: "See the request" }).last().click();
  await expect(page.getByRole("table")).toContainText(`new.${email}`);
  await axe(page);
  await fitsPhone(page);
  const path = new URL(page.url()).pathname.replace("/account/", "/desk/");
  await visit(page, tenant, "/account/category/account");
  const item = page.locator(".records > li").first();
  await expect(item).toContainText(phone);
  await expect(item).toContainText("Head of pumps");
  await expect(item).not.toContainText(`new.${email}`);

  const desk = await browser.newPage({ javaScriptEnabled: test.info().project.use.javaScriptEnabled });
  await signIn(desk, tenant, "support");
  await visit(desk, tenant, path);
  await axe(desk);
  await fitsPhone(desk);
  await desk.getByRole("button", { name: "Decline, with this reason" }).click();
  await expect(desk.getByRole("alert")).toContainText("A refusal without a reason is none");
  await axe(desk);
  await desk.getByRole("button", { name: "Accept: change it as proposed" }).click();
  await expect(desk.getByRole("main")).toContainText("Done");
  await desk.close();

  await page.reload();
  await expect(item).toContainText(`new.${email}`);
  await expect.poll(() => mails(email).some((mail) => mail.text.includes("has corrected your data"))).toBe(true);
});
