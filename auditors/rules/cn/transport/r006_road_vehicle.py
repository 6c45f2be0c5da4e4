import re

from auditors.finding import Finding
from auditors.rule import rule
from auditors.rules.cn.carriage import filled_otherwise
from knowledge.text import Text

PROVINCES = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川贵云陕甘青蒙桂宁新藏"
PLATE = re.compile(
    rf"[{PROVINCES}][A-Z](?:[A-Z0-9]{{5,6}}|[A-Z0-9]{{4}}[挂港澳学警领])"  # of the mainland
    r"|(?=.*[0-9])[A-Z0-9]{2,10}"  # of Hong Kong, Macao or abroad
).fullmatch
TOGETHER = re.compile(r"[/,，、;；+]").split
"""Tractor and trailer, or the two plates of a cross-border lorry, are written side by side."""
DRESSING = str.maketrans("", "", " -·.")
IN_ADVANCE = "提前报关"
"""What Shenzhen adds after the plate of a declaration made in advance."""


@rule(
    "CN-R006",
    zh="公路运输的运输工具名称应为车牌号，转关的为“@”加载货清单号",
    en="Road freight names the plate of the lorry, under transit @ and the manifest number",
    basis="cn-gacc-2019-18#10 cn-broker-practice#formats",
    only={"transport_mode": "4", "crossing": True},
)
def road_vehicle_named(transport_name: str, decl_trn_rel: str | None) -> Finding | None:
    """The office meets the lorry by its plate; words such as TRUCK tell it nothing.

    海关按车牌核对跨境车辆，填“汽车”“TRUCK”之类无从核对。

    Wrong: TRUCK; 汽车运输.
    Right: 粤B12345; 粤Z1234港; 粤B12345/提前报关; AB1234; @2026112000000001.
    Limits: a blank is let pass, since ports with road manifests exempt it. Any short writing of
        letters and digits passes as a plate of Hong Kong, Macao or abroad; plates in other
        scripts do not.
    局限：启用公路舱单的口岸免填，为空不提示。凡字母数字的短写都视为港澳或境外车牌；其他文字的车牌会被误提示。
    """
    if filled_otherwise(decl_trn_rel, transport_name):
        return None
    if all(map(_is_plate, filter(None, TOGETHER(transport_name)))):
        return None
    return Finding(
        "transport_name",
        Text(
            f"公路运输的运输工具名称“{transport_name}”不是车牌号",
            f'Means of transport "{transport_name}" is not the plate of a lorry',
        ),
        Text(
            "填报国内行驶车牌号；转关的填“@”加载货清单号；启用公路舱单的清空此栏",
            "Enter the plate used in China; under transit, @ and the manifest number; "
            "leave it blank where there is a road manifest",
        ),
    )


def _is_plate(written: str) -> bool:
    plain = written.translate(DRESSING).upper()
    return plain == IN_ADVANCE or PLATE(plain) is not None
