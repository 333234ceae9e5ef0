import { notifications } from "@mantine/notifications";
import { organizationHeaders } from "../access/chosen-organization";

/** Saves what an address of the API answers as a file. A plain link would not say which organisation is meant. */
export async function saveAs(path: string, name: string) {
  const response = await fetch(path, { headers: organizationHeaders(), credentials: "same-origin" }).catch(
    () => undefined,
  );
  if (!response?.ok) {
    notifications.show({ color: "red", message: "The file could not be read. Try again." });
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
