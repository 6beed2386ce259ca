"""The rules of GB/T 9704-2012 that letters are measured against, by id, with the strength that the standard gives each.

规 is an obligation, 般 “一般”, 荐 “推荐”, 可 “可以”; 实 is office custom and never reported as the standard's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formflow.letters.elements import Kind

Strength = Literal["规", "般", "荐", "可", "实"]
Verdict = Literal["pass", "fail", "not_applicable", "not_checkable"]
_ALL: frozenset[str] = frozenset(("letter", "form", "red_header"))
_RED, _LETTER = frozenset(("red_header",)), frozenset(("letter",))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `kinds` are the kinds of paper it speaks of; `human` says why no file can show it ("" if one can)."""

    id: str
    clause: str
    strength: Strength
    requirement: str
    kinds: frozenset[str] = _ALL
    human: str = ""

    def applies_to(self, kind: Kind) -> bool:
        return kind in self.kinds


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found: the rule, whether it is kept (None: nothing there that it speaks of), and what was measured."""

    rule_id: str
    is_kept: bool | None
    measured: str


_PRINT = "印制时核对"
_DATA = "由拟稿人核对"
_SEAL = "盖章后在纸上核对"
RULES = (
    Rule("P01", "5.1", "规", "用纸A4，210毫米×297毫米"),
    Rule("P02", "5.2.1", "规", "天头37毫米±1毫米"),
    Rule("P03", "5.2.1", "规", "订口28毫米±1毫米"),
    Rule("P04", "5.2.1", "规", "版心156毫米×225毫米"),
    Rule("P05", "5.2.2", "般", "一般用3号仿宋体字"),
    Rule("P06", "5.2.3", "般", "每面排22行"),
    Rule("P07", "5.2.3", "般", "每行排28个字，撑满版心"),
    Rule("P08", "5.2.4", "规", "文字颜色为黑色"),
    Rule("P09", "6.2、6.3", "规", "双面印刷，左侧装订，页码套正", human=_PRINT),
    Rule("P10", "7.1", "规", "要素依次为版头、主体、版记，页码在版心外"),
    Rule("H01", "7.2.1", "般", "份号6位，3号字，顶格第一行", _RED, "普通公文不编份号"),
    Rule("H02", "7.2.2", "般", "密级和保密期限3号黑体", _RED, "普通公文没有密级"),
    Rule("H03", "7.2.3", "般", "紧急程度3号黑体", _RED, "普通公文没有紧急程度"),
    Rule("H04", "7.2.4", "规", "发文机关标志居中", _RED),
    Rule("H05", "7.2.4", "规", "发文机关标志上边缘至版心上边缘35毫米", _RED),
    Rule("H06", "7.2.4", "荐", "发文机关标志用小标宋体字，红色", _RED),
    Rule("H07", "7.2.4", "实", "发文机关标志不宽于版心", _RED),
    Rule("H08", "7.2.4", "规", "联合行文时主办机关名称在前", _RED, _DATA),
    Rule("H09", "7.2.5", "规", "发文字号在标志下空二行，居中", _RED),
    Rule("H10", "7.2.5", "规", "发文字号为机关代字〔年份〕顺序号"),
    Rule("H11", "7.2.5", "规", "上行文的发文字号居左空一字", _RED, _DATA),
    Rule("H12", "7.2.6", "规", "上行文标注签发人", _RED, _DATA),
    Rule("H13", "7.2.7", "规", "发文字号下4毫米印与版心等宽的红色分隔线", _RED),
    Rule("H14", "7.2.7", "实", "红色分隔线粗细标准未规定", _RED, "标准未规定"),
    Rule("T01", "7.3.1", "般", "标题用2号小标宋体字"),
    Rule("T02", "7.3.1", "规", "标题在红色分隔线下空二行", _RED),
    Rule("T03", "7.3.1", "规", "标题居中"),
    Rule("T04", "7.3.1", "规", "标题多行时呈梯形或者菱形"),
    Rule("T05", "7.3.1", "实", "标题换行不拆开词语"),
    Rule("T06", "条例9（七）", "规", "标题由发文机关名称、事由和文种组成"),
    Rule("T07", "7.3.1", "实", "标题末尾不加标点，不过长"),
    Rule("R01", "7.3.2", "规", "主送机关在标题下空一行，顶格，末尾用全角冒号"),
    Rule("R02", "7.3.2", "规", "主送机关用全称、规范化简称或者同类型机关统称", human=_DATA),
    Rule("R03", "7.3.3", "规", "首页必须显示正文"),
    Rule("B01", "7.3.3", "规", "正文每个自然段左空二字，回行顶格"),
    Rule("B02", "7.3.3", "可", "第一层黑体，第二层楷体，第三、四层仿宋体"),
    Rule("B03", "7.3.3", "可", "层次序数依次排列"),
    Rule("B04", "7.3.3", "实", "层次序数的写法规范"),
    Rule("B05", "7.3.3", "实", "小标题不落在一面的末行"),
    Rule("A01", "7.3.4", "规", "附件说明在正文下空一行，左空二字"),
    Rule("A02", "7.3.4", "规", "多个附件用阿拉伯数字编号"),
    Rule("A03", "7.3.4", "规", "附件名称后不加标点"),
    Rule("A04", "7.3.4", "实", "附件名称不加书名号"),
    Rule("S01", "7.3.5.1", "般", "加盖印章的公文，成文日期右空四字"),
    Rule("S02", "7.3.5.1", "般", "署名以成文日期为准居中"),
    Rule("S03", "7.3.5.1", "规", "印章端正，居中下压署名和成文日期", human=_SEAL),
    Rule("S04", "7.3.5.1", "规", "联合行文印章与署名一一对应", human=_SEAL),
    Rule("S05", "7.3.5.2", "规", "不加盖印章的公文，署名右空二字，日期首字比署名首字右移二字"),
    Rule("S06", "7.3.5.3", "规", "签发人签名章的位置", human="没有签名章"),
    Rule("S07", "7.3.5.4", "规", "成文日期用阿拉伯数字标全年、月、日，不编虚位"),
    Rule("S08", "7.3.5.5", "规", "署名、成文日期与正文同处一面"),
    Rule("S09", "条例9（十二）", "规", "成文日期为签发或者会议通过的日期", human=_DATA),
    Rule("S10", "条例9（十三）", "规", "有署名的公文加盖署名机关印章", human=_SEAL),
    Rule("N01", "7.3.6", "规", "附注左空二字加圆括号，在成文日期下一行"),
    Rule("F01", "7.3.7", "规", "附件另面编排"),
    Rule("F02", "7.3.7", "规", "“附件”二字及顺序号用3号黑体顶格编排，不加冒号"),
    Rule("F03", "7.3.7", "规", "附件标题居中编排在第三行"),
    Rule("F04", "7.3.7", "规", "附件顺序号与附件说明一致"),
    Rule("F05", "7.3.7", "规", "附件与正文不能一起装订时标注发文字号", human=_PRINT),
    Rule("V01", "7.4.1", "规", "版记分隔线与版心等宽", _RED),
    Rule("V02", "7.4.1", "荐", "首末分隔线用粗线，中间用细线", _RED),
    Rule("V03", "7.4.1", "规", "末条分隔线与最后一面版心下边缘重合", _RED),
    Rule("V04", "7.4", "实", "版记在双数页", _RED, "排版后核对"),
    Rule("V05", "7.4.2", "规", "抄送机关用4号仿宋体字，左右各空一字，末尾用句号"),
    Rule("V06", "7.4.2", "规", "移至版记的主送机关与抄送机关之间不加分隔线", _RED, _DATA),
    Rule("V07", "7.4.3", "规", "印发机关左空一字，印发日期右空一字", _RED),
    Rule("G01", "7.5", "般", "页码用4号半角宋体阿拉伯数字，左右各放一字线"),
    Rule("G02", "7.5", "规", "一字线上距版心下边缘7毫米"),
    Rule("G03", "7.5", "规", "单页码居右空一字，双页码居左空一字"),
    Rule("G04", "7.5", "规", "页码连续"),
    Rule("X01", "8", "规", "横排表格页码位置与其他页一致"),
    Rule("X02", "8", "实", "表格在版心内，表头重复，行不断开"),
    Rule("L01", "10.1", "规", "发文机关标志居中，上边缘至上页边30毫米", _LETTER),
    Rule("L02", "10.1", "规", "标志下4毫米、距下页边20毫米各印一条红色双线，长170毫米", _LETTER),
    Rule("L03", "10.1", "规", "发文字号顶格居右，与双线相距3号字高的7/8", _LETTER),
    Rule("L04", "10.1", "规", "标题与其上要素相距二行", _LETTER),
    Rule("L05", "10.1", "规", "双线上一行文字与双线相距3号字高的7/8", _LETTER),
    Rule("L06", "10.1", "规", "首页不显示页码", _LETTER),
    Rule("L07", "10.1", "规", "版记不加印发机关、印发日期和分隔线", _LETTER),
    Rule("M01", "支付结算办法13", "规", "金额大写与小写一致，明细表合计与各行之和、正文总额一致"),
    Rule("K01", "条例8", "规", "通用格式公文使用法定文种"),
    Rule("K02", "条例17", "规", "内设机构不对外正式行文"),
    Rule("K03", "条例14—16", "规", "行文规则", human=_DATA),
    Rule("K04", "条例9", "规", "联合行文使用主办机关字号", _RED, _DATA),
)
BY_ID = {rule.id: rule for rule in RULES}
