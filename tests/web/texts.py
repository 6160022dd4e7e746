"""Texts of the small library: two plain ones and a hostile one."""

from __future__ import annotations

HOSTILE = "<script>document.title='坏'</script><img src=x onerror=\"document.title='坏'\">"
HOSTILE_NAME = f"{HOSTILE.replace('/', '∕')[:60]}.txt"
TEXTS = {
    "昆山.txt": "江苏昆山：驿站暖人心\n\n昆山市委社会工作部\n\n𠮷日开馆，群众称好。\n昆山市建成新就业群体驿站112个，"
    "覆盖全部区镇。各驿站配有饮水机和微波炉，骑手随时可以歇脚。\n",
    "平遥.txt": "山西平遥：古城里的小哥之家\n\n平遥县委社会工作部\n\n平遥县建成新就业群体驿站38个，服务外卖骑手。"
    "驿站统一挂牌，由社区党组织管理。\n",
    HOSTILE_NAME: f"德清：办好驿站{HOSTILE}\n\n德清县委社会工作部\n\n"
    f"德清县建成新就业群体驿站52个，{HOSTILE}每月服务骑手。站长由党员担任，轮流值守。\n",
}
ASKED = "各地建成了多少个新就业群体驿站？"

XSS = (
    "<script>document.title='坏'</script>", "<img src=x onerror=document.title='坏'>", 
    "<svg onload=document.title='坏'>",
    "\"><script>document.title='坏'</script>", "'-document.title='坏'-'", "javascript:document.title='坏'",
    "<a href=\"javascript:document.title='坏'\">x</a>", "<iframe src=javascript:document.title='坏'></iframe>",
    "<body onload=document.title='坏'>", "<input autofocus onfocus=document.title='坏'>",
    "<details open ontoggle=document.title='坏'>", "<math><mi xlink:href=\"javascript:document.title='坏'\">",
    "{{constructor.constructor(\"document.title='坏'\")()}}", "${document.title='坏'}", "<style>@import 'x';</style>",
    "<meta http-equiv=refresh content=0;url=data:text/html,x>", "<base href=//x/>", "<!--<img src=--><img src=x>",
    "&lt;script&gt;document.title='坏'&lt;/script&gt;", "\u202e<script>",
    "</title><script>document.title='坏'</script>",
    "</textarea><script>document.title='坏'</script>", "</script><script>document.title='坏'</script>",
)  # fmt: skip
"""Forms of OWASP's list of cross-site scripting: elements, handlers, addresses, templates, ends of elements."""
