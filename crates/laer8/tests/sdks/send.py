"""Sends what a product would, by Segment's SDK for Python: send.py HOST KEY [gzip]."""

import sys
from datetime import datetime, timedelta, timezone

import segment.analytics as analytics

analytics.host, analytics.write_key = sys.argv[1], sys.argv[2]
analytics.gzip = "gzip" in sys.argv
failed = []
analytics.on_error = lambda error, batch: failed.append(error)

now = datetime.now(timezone.utc)
analytics.identify("ana", {"name": "Ana Silva", "email": "ana@nordkap.example", "title": "CTO"})
analytics.group("ana", "nordkap", {"name": "Nordkap", "industry": "Shipping", "employees": 120})
for _ in range(250):
    analytics.track("ana", "Report Exported", {"pages": 3}, timestamp=now - timedelta(minutes=5))
analytics.page("ana", "docs", "Pricing")
analytics.screen("ana", "app", "Home")
analytics.alias("device-1", "ana")
analytics.track(anonymous_id="device-1", event="Report Exported")
analytics.shutdown()
sys.exit(str(failed[0]) if failed else 0)
