//! The timeline of a run: the chart, its controls and its table.

use super::words;

words! {
    /// The timeline of a run.
    Chart {
        Title: "Node timeline", "노드 타임라인", "节点时间线", "ノードのタイムライン";
        About: "Each row is a node, each bar one of its turns with the steps inside. The table below says the same.", "각 행은 노드, 각 막대는 한 차례의 작업과 그 단계입니다. 아래 표에 같은 내용이 있습니다.", "每行是一个节点，每个条是它的一轮处理及其步骤。下表内容相同。", "各行はノード、各バーは 1 回の作業とそのステップです。下の表も同じ内容です。";
        Empty: "There is nothing to draw: the vendor reports no times and no change was seen yet.", "그릴 내용이 없습니다: 공급사가 시각을 제공하지 않고 아직 변화도 없습니다.", "没有可绘制的内容：厂商未提供时间，也尚未观察到变化。", "描画する内容がありません：ベンダーは時刻を示さず、変化もまだありません。";
        Now: "now", "현재", "现在", "現在";

        Reported: "reported by the vendor", "공급사가 보고", "厂商报告", "ベンダーの報告";
        Seen: "seen by this browser", "이 브라우저가 관찰", "由本浏览器观察", "このブラウザーで観測";
        Between: "changed somewhere in here", "이 사이에 바뀜", "在此期间变化", "この間に変化";
        Open: "began before it was first seen", "처음 관찰하기 전에 시작", "首次观察之前已开始", "最初の観測より前に開始";
        Inferred: "only the end is reported", "종료만 보고됨", "仅报告了结束时间", "終了のみ報告";
        Many: "several nodes, from the first to the last", "여러 노드, 처음부터 마지막까지", "多个节点，从最先到最后", "複数のノード、最初から最後まで";
        Waiting: "waiting", "대기", "等待", "待機";
        Unreported: "not reported", "보고되지 않음", "未报告", "報告なし";
        NotWatched: "not watched", "관찰하지 않음", "未监看", "未監視";
        EarlierRun: "earlier run", "이전 실행", "之前的运行", "以前の実行";

        Controls: "Part of time", "표시 구간", "时间范围", "表示する期間";
        Whole: "Whole run", "전체", "全程", "全体";
        Active: "What is active", "진행 중인 작업", "正在进行的部分", "進行中の部分";
        LastHour: "Last hour", "최근 1시간", "最近一小时", "直近 1 時間";
        ZoomIn: "Zoom in", "확대", "放大", "拡大";
        ZoomOut: "Zoom out", "축소", "缩小", "縮小";
        EveryNode: "Every node ({0})", "모든 노드 ({0})", "全部节点（{0}）", "すべてのノード（{0}）";
        Compare: "Compare with", "비교 대상", "对比", "比較対象";
        NoComparison: "no comparison", "비교 안 함", "不对比", "比較しない";
        RunOf: "{0}, {1}, {2}", "{0}, {1}, {2}", "{0}，{1}，{2}", "{0}、{1}、{2}";
        Keys: "Keys on the chart: + and − zoom, ← and → move, 0 whole run, A what is active, H last hour.", "차트에서 쓰는 키: + − 확대·축소, ← → 이동, 0 전체, A 진행 중인 작업, H 최근 1시간.", "图表按键：+ 和 − 缩放，← 和 → 移动，0 全程，A 正在进行的部分，H 最近一小时。", "チャートのキー：+ と − で拡大・縮小、← と → で移動、0 全体、A 進行中の部分、H 直近 1 時間。";
        Span: "{0} to {1}", "{0} ~ {1}", "{0} 至 {1}", "{0} ～ {1}";

        NotReportedFor: "not reported, {0}", "보고되지 않음, {0}", "未报告，{0}", "報告なし、{0}";
        MissingStep: "step {0} is not listed", "단계 {0} 없음", "未列出步骤 {0}", "ステップ {0} の記載なし";
        MissingSteps: "steps {0} to {1} are not listed", "단계 {0} ~ {1} 없음", "未列出步骤 {0} 至 {1}", "ステップ {0} ～ {1} の記載なし";
        NotWatchedFor: "not watched, {0}: {1}", "관찰하지 않음, {0}: {1}", "未监看，{0}：{1}", "未監視、{0}：{1}";
        GapClosed: "no page was open", "열린 페이지 없음", "没有打开的页面", "ページを開いていなかった";
        GapSuspended: "the device slept or the browser paused the page", "기기가 절전 상태였거나 브라우저가 페이지를 멈춤", "设备休眠，或浏览器暂停了页面", "端末のスリープ、またはブラウザーがページを停止";

        TitleOne: "{0}: {1}, {2} to {3}", "{0}: {1}, {2} ~ {3}", "{0}：{1}，{2} 至 {3}", "{0}：{1}、{2} ～ {3}";
        TitleOpen: "{0}: {1}, since {2}", "{0}: {1}, {2}부터", "{0}：{1}，自 {2} 起", "{0}：{1}、{2} から";
        NthTurn: "{0}, turn {1}", "{0}, {1}번째 차례", "{0}，第 {1} 轮", "{0}、{1} 回目";
        By: "{0} at the latest", "늦어도 {0}", "最迟 {0}", "遅くとも {0}";
        NotBefore: "not before {0}", "{0} 이후", "不早于 {0}", "{0} 以降";
        Either: "between {0} and {1}", "{0} ~ {1} 사이", "{0} 与 {1} 之间", "{0} から {1} の間";

        Table: "Timeline as a table", "타임라인 표", "时间线表格", "タイムラインの表";
        Turn: "Turn", "차례", "轮次", "回";
        Took: "Took", "소요", "用时", "所要時間";
        Began: "Began", "시작", "开始", "開始";
        Ended: "Ended", "종료", "结束", "終了";
        Known: "How it is known", "근거", "依据", "根拠";
        GoesOn: "goes on", "계속됨", "仍在进行", "継続中";
        KnownReported: "reported", "보고됨", "已报告", "報告あり";
        KnownBetween: "seen between {0} and {1}", "{0} ~ {1} 사이에 관찰", "在 {0} 与 {1} 之间观察到", "{0} から {1} の間に観測";
        KnownNot: "not seen", "관찰하지 못함", "未观察到", "観測なし";
        KnownBoth: "beginning {0}, end {1}", "시작 {0}, 종료 {1}", "开始{0}，结束{1}", "開始は{0}、終了は{1}";
    }
}
