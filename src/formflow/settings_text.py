"""The formflow.toml that `formflow init` writes: every setting with its default, commented out, and what it means."""

from __future__ import annotations

DEFAULT_TOML = """\
# formflow 的设置。去掉行首的“#”并改动数值即可生效；改后重新运行 formflow。

[inbox]
# 文件多久（秒）没有变化才开始处理：本机磁盘；网络共享磁盘要长一些。
# settle_s = 2.0
# network_settle_s = 10.0
# formflow serve 每隔多久（秒）把收件箱完整看一遍。
# rescan_s = 5.0
# 找不到所属申请的附件等多久（秒），之后转到“_待人工处理”。
# attachment_wait_s = 600.0
# 有多台机器时，每个收件箱最多有多少份文件同时交给它们；各收件箱轮流。
# at_once = 32

[register]
# 登记库默认是 state 文件夹里的一个文件。要由多台机器一起处理，写 PostgreSQL 数据库的地址，如
# postgresql://formflow@10.0.0.5:5432/formflow；环境变量 FORMFLOW_DATABASE_URL 优先于这里。密码宜写在
# 环境变量或 ~/.pgpass 里。
# url = ""

[worker]
# formflow worker 每隔多久（秒）报一次平安；多久没有报，就当作已中断，把它手上的文件交给别的机器。
# heartbeat_s = 10.0
# stalled_s = 30.0

[reading]
# 识读一份文件最多用多少内存（MB）、处理器时间（秒）、总时间（秒），文件最大多少（MB）。
# memory_mb = 1024
# cpu_s = 30
# wall_s = 60
# max_file_mb = 50
# 识读一份扫描件或照片（文字识别）最多用多少内存（MB）。
# scan_memory_mb = 3072
# 用 LibreOffice 转换一份 .doc、.wps、.rtf、.odt 最多用多少内存（MB）、总时间（秒）。
# convert_memory_mb = 1536
# convert_wall_s = 40

[log]
# 日志 state/log/formflow.log 的格式：text 供人查看，含文件名和单位名；json 供集中采集，不含个人信息。
# format = "text"

[serve]
# formflow serve 在哪个地址上提供 /healthz 和 /metrics（供监控程序查询），例如 "127.0.0.1:8642"；空着就不提供。
# listen = ""

[letters]
# 本机装有方正小标宋、仿宋_GB2312 等公文字体时，PDF 是否使用它们；false 则一律用随带的开源字体。
# official_fonts = true

# 文书落款处的经办部门和联系方式，按项目填写（方括号里是项目编码，见 templates 下的文件夹名）。
# [issuer."nantong-service-centre"]
# office = "权益保障部"
# contact = "张三"
# telephone = "0513-00000000"
# address = "南通市某路某号"

# 各县（市、区）另设收件箱的（须用 PostgreSQL 登记库），每个写一段；公共的收件箱 inbox 照常使用。
# [[inbox.counties]]
# name = "崇川区"
# path = "/srv/收件/崇川区"
"""
