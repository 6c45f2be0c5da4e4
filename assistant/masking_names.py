"""Names of persons and firms in a text, in Chinese and in English."""

import re
from collections.abc import Iterator
from typing import NamedTuple

HAN = re.compile(r"[\u3400-\u9fff]")
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章苏潘葛范彭郎鲁韦昌马苗凤花方俞袁柳鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬乐傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛禹狄戴谈宋庞熊纪舒屈祝董梁杜阮蓝闵席季贾路娄江童颜郭梅"
    "盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房裘丁邓洪崔龚程邢裴陆翁荀甄曲封储靳段焦侯车宁仇甘武符刘景詹龙叶白蒲邰赖卓蔺屠"
    "乔闻党翟谭姬申冉雍桑桂牛边尚温庄晏柴瞿阎慕连习艾容向古易廖庾耿匡欧沃利师巩聂晁敖冷辛阚简饶曾关游权盖岳帅涂肖"
)
TITLED = frozenset(SURNAMES) - frozenset("方关江水花车高白党申向利权华金时边路简游乐万连")
"""Surnames that do not often end another word before a title."""
COMPOUND = "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|长孙|宇文|夏侯"
_SURNAME = rf"(?:{COMPOUND}|[{SURNAMES}])"
NOT_NAMES = re.compile(
    "何不|何故|何以|何必|方面|方式|方法|方向|高度|何时|何人|何处|何种|何地|关系|关区|"
    "关税|金额|许可|申报|申请|权利|水单|时间|易货|连同|应当|毛重|白条|路线|车牌|车辆|"
    "江海|边境|简称|利息|程序|程度|师傅|房间|田地|边贸|花费|史料|万元|段落|项目|于是|"
    "卫生|古董|党员|向海关|向谁|连续|温度|容器|容易|习惯|盖章|关闭|单位|储存|焦点|武器|"
    "宁可|符合|景区|白天|游客|金属|华侨|计划"
)
"""Words that begin like a name and are none."""
_LABELS = (
    r"联系人|经办人|经手人|收货人|发货人|收件人|寄件人|姓名|名字|报关员|报关人员|申报人|申报人员|法人代表|法定代表人|法人|负责人|司机|驾驶员|"
    r"委托人|代理人|客户|货主|关员|业务员|跟单员|操作员?|持卡人|我叫|本人|我是"
)
_STOPS = (
    r"(?=[^\u3400-\u9fff]|$|先生|女士|小姐|电话|手机|座机|邮箱|身份证|微信|联系|的|说|和|与|，)"
)
LABELLED = re.compile(
    rf"(?:{_LABELS})\s{{0,2}}(?:是|为|叫|:|名叫)?\s{{0,2}}(?P<v>{_SURNAME}[\u3400-\u9fff]{{1,2}}){_STOPS}"
)
ADDRESSED = re.compile(
    rf"(?P<v>(?:{COMPOUND}|[{''.join(sorted(TITLED))}])(?:[\u3400-\u9fff]{{0,2}})(?:先生|女士|小姐|经理|主任|老师|师傅))"
)
ENGLISH_NAME = re.compile(
    r"(?i:\b(?:contact(?: person| name)?|attn|attention|name|consignee|consignor|shipper|my name is|"
    r"this is|handled by|signed by|declarant|driver))\s{0,2}(?::|(?<=is))\s{0,2}"
    r"(?:(?:Mr|Ms|Mrs|Miss|Dr)\.?\s)?(?P<v>[A-Z](?:[a-z]{1,15}|[A-Z]{1,15})"
    r"(?:[ -][A-Z](?:[a-z]{1,15}|[A-Z]{1,15}|\.)){1,3})(?![\w])"
)
ENGLISH_TITLED = re.compile(
    r"\b(?:Mr|Ms|Mrs|Miss|Dr)\.?\s(?P<v>[A-Z][a-z]{1,15}(?: [A-Z][a-z]{1,15})?)\b"
)
ENGLISH_FIRM = re.compile(
    r"(?<![\w])(?P<v>[A-Z0-9][\w&.'-]{0,30}(?:,? (?:&|of|and|\(?[A-Z0-9][\w&.'()-]{0,30}))"
    r"{0,7}[, ]{1,2}(?i:co\.?,? ?ltd\.?|company limited|private limited|pte\.? ?ltd\.?|ltd\.?|limited|inc\.?|llc|gmbh|corp\.?|corporation|"
    r"s\.a\.|b\.v\.|s\.r\.l\.|k\.k\.|plc|pty))(?![\w])"
)
LEADING = re.compile(
    r"^(?:(?:The|We|Our|From|Can|Does|Is|If|For|Why|How|To|By|And|When|What|Invoice|Dear|Please|Must|May|Should|Has|Consignee|Shipper|Seller|Buyer)\b[ ,]*)+"
)

PLACES = re.compile(
    "北京|上海|天津|重庆|广东|广州|深圳|东莞|佛山|珠海|中山|惠州|汕头|江门|江苏|南京|苏州|无锡|常州|南通|昆山|扬州|太仓|张家港|浙江|杭州|"
    "宁波|温州|义乌|嘉兴|绍兴|金华|台州|舟山|福建|厦门|福州|泉州|漳州|山东|青岛|济南|烟台|威海|潍坊|临沂|日照|河北|石家庄|唐山|河南|郑州|"
    "洛阳|湖北|武汉|湖南|长沙|四川|成都|陕西|西安|辽宁|大连|沈阳|吉林|长春|黑龙江|哈尔滨|安徽|合肥|芜湖|江西|南昌|赣州|广西|南宁|云南|"
    "昆明|贵州|贵阳|海南|海口|三亚|内蒙古|新疆|乌鲁木齐|甘肃|兰州|宁夏|银川|青海|西宁|西藏|拉萨|山西|太原|香港|澳门|台湾|中国"
)
BUSINESS = (
    "贸易|进出口|国际|实业|科技|电子|机械|设备|化工|纺织|服装|食品|医药|医疗|器械|物流|货运|货代|代理|报关|供应链|制造|工业|工贸|汽车|五金|塑料|塑胶|"
    "家具|玩具|新材料|材料|能源|环保|生物|信息|技术|软件|仪器|仪表|包装|印刷|钢铁|金属|矿业|石油|船务|海运|航运|航空|快递|运输|仓储|电器|光电|"
    "半导体|精密|模具|农业|水产|木业|纸业|商贸|外贸|投资|控股|发展|企业|服务|咨询|管理|建材|鞋业|制衣|酒业|珠宝"
)
_GENERIC = re.compile(
    rf"{PLACES.pattern}|{BUSINESS}|有限|责任|股份|集团|一人|一家|两家|几家|多家|三家|家|同一|另一|另外|其他|别的|不同|境外|境内|国外|国内|外国|外商|"
    "外资|内资|合资|独资|民营|国有|私营|生产型?|加工|保税|委托|受托|关联|租赁|保险|轮船|船|电商|跨境|平台|快件|第三方|双方|收货|发货|使用|消费|"
    "销售|经营|申报|出口|进口|注册|变更|注销|成立|名称|什么|哪个|哪些|所有|任何|每个|可以|怎么|如何|需要|必须|应该|能|要|换|找|用|走|做|开|"
    "个|种|类|型|高级|认证|失信|上市|房地产|设计|检测|检验|分|子|母|总|新|老|大|小|外|各|都|也|就|等|名|省|市|区|县|[()\\s]"
)
_STRONG = re.compile(
    "请问|你好|您好|我们|我司|我方|咱们|他们|客户|境内收发货人|收发货人|收货人|发货人|消费使用单位|生产销售单位|申报单位|经营单位|单位|货主|委托方|"
    "买方|卖方|供应商|名称|抬头|报关行|公司|企业名|进口商|出口商|不是|就是|如果|因为|这家|那家|一家|[的是由给跟叫让替帮请问把被我你您他了]"
)
_WEAK = re.compile("[和与及或在为对到有以将从向]")
FIRM_ENDING = re.compile(
    r"(?P<full>(?:股份|集团)?有限(?:责任)?公司|股份公司|集团公司)|(?P<bare>公司|集团|工厂|厂|商行|事务所|报关行)"
)
BEFORE_ENDING = re.compile(r"[\u3400-\u9fffA-Za-z0-9()·&]{1,30}$")
LONGEST_BEFORE = 30


class Private(NamedTuple):
    """A stretch of a text that belongs to somebody."""

    start: int
    end: int
    kind: str
    keep: str = ""
    """What of it stays readable."""


def private_names(plain: str) -> Iterator[Private]:
    """Return the names of firms and persons in a text of plain width, the surest first."""
    yield from _firms(plain)
    for found in ENGLISH_FIRM.finditer(plain):
        lead = LEADING.match(found["v"])
        yield Private(found.start() + (lead.end() if lead else 0), found.end(), "company")
    for pattern in (LABELLED, ADDRESSED, ENGLISH_NAME, ENGLISH_TITLED):
        for found in pattern.finditer(plain):
            if not NOT_NAMES.match(found["v"]):
                yield Private(*found.span("v"), "person")


def _firms(plain: str) -> Iterator[Private]:
    for ending in FIRM_ENDING.finditer(plain):
        run = BEFORE_ENDING.search(plain[max(0, ending.start() - LONGEST_BEFORE) : ending.start()])
        name = _own_part(run[0]) if run else ""
        if _names_one(name, whole=bool(ending["full"])):
            yield Private(ending.start() - len(name), ending.end(), "company")


def _own_part(run: str) -> str:
    """The end of a run of words that belongs to the name of a firm."""
    stops = [stop.end() for stop in _STRONG.finditer(run)]
    rest = run[stops[-1] :] if stops else run
    places = (found.start() for found in PLACES.finditer(rest))
    at = next((start for start in places if rest[:start][-1:] != "("), None)
    if at is not None:
        return rest[at:]
    cuts = [stop.end() for stop in _WEAK.finditer(rest)]
    return rest[cuts[-1] :] if cuts else rest


def _names_one(name: str, *, whole: bool) -> bool:
    """Whether words before `公司` tell one firm from others, and not only what kind it is."""
    own = _GENERIC.sub("", name)
    if whole:
        return bool(own)
    return len(own) > 1 and (bool(PLACES.search(name)) or bool(re.search(BUSINESS, name)))
