// Sends what a product would, by Segment's SDK for Node: send.mjs SDK HOST KEY.
import { createRequire } from "node:module";

const [, , sdk, host, writeKey] = process.argv;
const { Analytics } = createRequire(`${sdk}/`)("@segment/analytics-node");
const analytics = new Analytics({ host, writeKey, maxEventsInBatch: 50 });
const failed = [];
analytics.on("error", (error) => failed.push(error));

analytics.identify({ userId: "ben", traits: { name: "Ben Ito", email: "ben@sakura.example" } });
analytics.group({ userId: "ben", groupId: "sakura", traits: { name: "Sakura", industry: "Retail" } });
for (let n = 0; n < 120; n += 1) {
  analytics.track({ userId: "ben", event: "Order Placed", properties: { total: 12.5 } });
}
analytics.page({ userId: "ben", name: "Pricing" });
analytics.screen({ anonymousId: "device-2", name: "Home" });
analytics.alias({ userId: "ben", previousId: "device-2" });
await analytics.closeAndFlush();
if (failed.length > 0) {
  console.error(failed[0]);
  process.exit(1);
}
