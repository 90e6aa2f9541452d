//! The sentences of a card.

use super::words;

words! {
    /// The sentences of a card.
    Card {
        Seconds: "{0} s", "{0}초", "{0} 秒", "{0} 秒";
        Minutes: "{0} min", "{0}분", "{0} 分钟", "{0} 分";
        HoursMinutes: "{0} h {1} min", "{0}시간 {1}분", "{0} 小时 {1} 分钟", "{0} 時間 {1} 分";
        DaysHours: "{0} d {1} h", "{0}일 {1}시간", "{0} 天 {1} 小时", "{0} 日 {1} 時間";

        For: "for {0}", "{0} 동안", "已持续 {0}", "{0}経過";
        Ago: "{0} ago", "{0} 전", "{0}前", "{0}前";
        LastSeen: "last seen: {0}", "마지막 확인: {0}", "最后所见：{0}", "最後の確認：{0}";

        WhereNode: "{0} of {1}: {2} ({3})", "{1}개 중 {0}번째: {2} ({3})", "第 {0}/{1} 个：{2}（{3}）", "{1} 台中 {0} 台目：{2}（{3}）";
        WhereMore: "and {0} more", "외 {0}개", "另有 {0} 个", "ほか {0} 台";
        WhereStep: "step {0}", "단계 {0}", "步骤 {0}", "ステップ {0}";
        WhereSince: "since {0}", "{0}부터", "自 {0} 起", "{0} から";

        CountDone: "{0} done", "완료 {0}", "完成 {0}", "完了 {0}";
        CountActive: "{0} active", "진행 {0}", "进行 {0}", "進行 {0}";
        CountWaiting: "{0} waiting", "대기 {0}", "等待 {0}", "待機 {0}";
        CountFailed: "{0} failed", "실패 {0}", "失败 {0}", "失敗 {0}";
        CountRolledBack: "{0} rolled back", "롤백 {0}", "回滚 {0}", "ロールバック {0}";
        CountUnknown: "{0} unknown", "알 수 없음 {0}", "未知 {0}", "不明 {0}";

        Going: "going for {0}", "{0}째 진행", "已进行 {0}", "{0}進行中";
        SeenGoing: "start not reported, seen for {0}", "시작 시각 없음, {0}째 관찰", "未报告开始时间，已观察 {0}", "開始時刻の報告なし、{0}観測";
        Took: "took {0}", "{0} 걸림", "用时 {0}", "所要 {0}";
        Left: "{0} left ({1})", "{0} 남음 ({1})", "剩余 {0}（{1}）", "残り {0}（{1}）";
        LeftRange: "{0} to {1} left ({2})", "{0} ~ {1} 남음 ({2})", "剩余 {0} 至 {1}（{2}）", "残り {0} ～ {1}（{2}）";
        Overdue: "{0} over the {1} expected ({2})", "예상 {1}을(를) {0} 초과 ({2})", "已超出预计的 {1} 达 {0}（{2}）", "予想 {1} を {0} 超過（{2}）";
        NoEstimate: "no estimate", "예상 시간 없음", "无法预估", "見積もりなし";
        SourceVendor: "vendor's estimate", "공급사 예상", "厂商预估", "ベンダーの見積もり";
        AtLeast: "about {0} or more left ({1})", "약 {0} 이상 남음 ({1})", "剩余约 {0} 或更久（{1}）", "残り約 {0} 以上（{1}）";
        SourceRun: "the run before", "이전 실행 기준", "按上一次运行", "前回の実行";
        SourceRuns: "{0} runs before", "이전 {0}회 실행 기준", "按之前的 {0} 次运行", "過去 {0} 回の実行";
        SourceFormula: "vendor's published figures", "공급사 공개 수치", "厂商公布的数值", "ベンダーの公表値";
        SourcePace: "pace of nodes done: {0}", "완료 노드 {0}개의 속도", "按已完成的 {0} 个节点推算", "完了した {0} 台のペース";

        Unchanged: "no change for {0}", "{0} 동안 변화 없음", "{0} 无变化", "{0} 変化なし";
        ChangedAgo: "last change {0} ago", "마지막 변화 {0} 전", "上次变化在{0}前", "最後の変化は {0}前";
        PastEstimate: "past the estimate", "예상 시간 초과", "已超出预估", "見積もりを超過";
        ExpectedWithin: "a change is expected within {0}: {1}", "{0} 이내의 변화 예상: {1}", "预期 {0} 内有变化：{1}", "{0} 以内の変化を想定：{1}";
        BasisStepNode: "{0} took {1} on the node before", "{0} 단계는 이전 노드에서 {1} 걸림", "{0} 在前一个节点上用时 {1}", "{0} は前のノードで {1}";
        BasisStepNodes: "{0} took {1} on the {2} nodes before", "{0} 단계는 이전 노드 {2}개에서 {1} 걸림", "{0} 在之前的 {2} 个节点上用时 {1}", "{0} は前の {2} 台で {1}";
        BasisStepRun: "{0} took {1} in the run before", "{0} 단계는 이전 실행에서 {1} 걸림", "{0} 在上一次运行中用时 {1}", "{0} は前回の実行で {1}";
        BasisStepRuns: "{0} took {1} in the {2} runs before", "{0} 단계는 이전 {2}회 실행에서 {1} 걸림", "{0} 在之前的 {2} 次运行中用时 {1}", "{0} は過去 {2} 回の実行で {1}";
        BasisNode: "the node before took {0}", "이전 노드는 {0} 걸림", "前一个节点用时 {0}", "前のノードは {0}";
        BasisNodes: "the {1} nodes before took {0} each", "이전 노드 {1}개는 개당 {0} 걸림", "之前的 {1} 个节点平均每个 {0}", "前の {1} 台は 1 台あたり {0}";
        BasisRun: "a node took {0} in the run before", "이전 실행에서 노드당 {0} 걸림", "上一次运行中每个节点用时 {0}", "前回の実行では 1 台あたり {0}";
        BasisRuns: "a node took {0} in the {1} runs before", "이전 {1}회 실행에서 노드당 {0} 걸림", "之前的 {1} 次运行中每个节点用时 {0}", "過去 {1} 回の実行では 1 台あたり {0}";
        BasisDocumented: "the vendor documents about {0}", "공급사 문서에는 약 {0}", "厂商文档称约 {0}", "ベンダーの文書では約 {0}";
        BasisDocumentedRange: "the vendor documents {0} to {1}", "공급사 문서에는 {0} ~ {1}", "厂商文档称 {0} 至 {1}", "ベンダーの文書では {0} ～ {1}";
        BasisLegal: "the vendor's own limit is {0}", "공급사 한도는 {0}", "厂商自身上限为 {0}", "ベンダーの上限は {0}";
        BasisDefault: "we expect a change within {0}", "{0} 이내의 변화를 기대", "预期 {0} 内应有变化", "{0} 以内の変化を想定";

        ImpactNodes: "{0} of {1} nodes at work; requests to them may fail", "{1}개 노드 중 {0}개 작업 중, 해당 노드 요청이 실패할 수 있음", "{1} 个节点中有 {0} 个正在处理，发往它们的请求可能失败", "{1} 台中 {0} 台が作業中。そのノードへの要求は失敗することがあります";
        ImpactOffline: "{0} of {1} nodes offline; requests to them may fail", "{1}개 노드 중 {0}개 오프라인, 해당 노드 요청이 실패할 수 있음", "{1} 个节点中有 {0} 个离线，发往它们的请求可能失败", "{1} 台中 {0} 台がオフライン。そのノードへの要求は失敗することがあります";
        ImpactMigrating: "{0} of {1} nodes offline, their data is being moved; requests to them may fail", "{1}개 노드 중 {0}개 오프라인, 데이터 이전 중, 해당 노드 요청이 실패할 수 있음", "{1} 个节点中有 {0} 个离线，正在迁移其数据，发往它们的请求可能失败", "{1} 台中 {0} 台がオフライン、データを移行中。そのノードへの要求は失敗することがあります";
        ImpactOperating: "{0} of {1} brokers operating", "브로커 {1}개 중 {0}개 동작", "{1} 个 Broker 中有 {0} 个在运行", "ブローカー {1} 台中 {0} 台が稼働";
        ImpactFailed: "{0} of {1} nodes failed; impact unknown to us", "{1}개 노드 중 {0}개 실패, 영향은 알 수 없음", "{1} 个节点中有 {0} 个失败，影响未知", "{1} 台中 {0} 台が失敗。影響は不明";
        ImpactPreparing: "no impact while preparing", "준비 중에는 영향 없음", "准备期间无影响", "準備中は影響なし";
        ImpactPrepared: "prepared; valid until {0}; no impact yet", "준비 완료, {0}까지 유효, 아직 영향 없음", "已准备就绪，有效期至 {0}，尚无影响", "準備完了。有効期限は {0}、影響はまだなし";
        ImpactExpired: "prepared; valid until {0}, which is over; no impact", "준비했으나 유효 기한({0})이 지남, 영향 없음", "已准备，但已于 {0} 过期，无影响", "準備済み（{0} に期限切れ）。影響なし";
        ImpactUnaffected: "no impact in this step", "이 단계에서는 영향 없음", "此步骤无影响", "このステップでは影響なし";
        ImpactWritesStopped: "writes stopped; in a regular upgrade the whole service", "쓰기 중단, 일반 업그레이드에서는 서비스 전체 중단", "写入已停止；常规升级时整个服务停止", "書き込み停止。通常アップグレードではサービス全体が停止";
        ImpactWritesRestored: "version changed, writes possible again", "버전 변경 완료, 쓰기 다시 가능", "版本已变更，写入已恢复", "バージョン変更済み、書き込み再開";
        ImpactWrites: "writes blocked, reads may flicker", "쓰기 차단, 읽기 순간 끊김 가능", "写入被阻止，读取可能闪断", "書き込み停止、読み取りは一瞬途切れることがあります";
        ImpactUnknown: "impact unknown to us", "영향은 알 수 없음", "影响未知", "影響は不明";

        SeenNow: "seen just now", "방금 확인", "刚刚查看", "たった今確認";
        SeenAgo: "seen {0} ago", "{0} 전 확인", "{0}前查看", "{0}前に確認";
        NotSeenYet: "not seen yet", "아직 확인하지 못함", "尚未查看", "未確認";
        StoppedAsking: "asking stopped until you act", "조치 전까지 조회 중단", "已停止查询，等待你处理", "対応するまで問い合わせ停止中";
        NeedsKey: "needs a key", "키 필요", "需要密钥", "キーが必要";
        Locked: "the vault is locked", "보관함 잠김", "保险库已锁定", "保管庫ロック中";

        Disagrees: "≠ summary and details disagree", "≠ 요약과 상세가 다름", "≠ 汇总与详情不一致", "≠ 要約と詳細が不一致";
        Repaired: "details repaired", "상세 정보 복구됨", "详情已修复", "詳細を修復";
        Attempt: "attempt {0}", "시도 {0}회", "第 {0} 次尝试", "試行 {0} 回目";
        Versions: "{0} → {1}", "{0} → {1}", "{0} → {1}", "{0} → {1}";
        NoVersions: "versions not reported", "버전 정보 없음", "未报告版本", "バージョン情報なし";
        SameVersion: "version unchanged", "버전 변경 없음", "版本不变", "バージョン変更なし";
        PrecheckPassed: "A rolling restart could start now.", "지금 롤링 재시작을 시작할 수 있습니다.", "现在可以开始滚动重启。", "今すぐローリングリスタートを開始できます。";
        PrecheckRefused: "A rolling restart could not start: {0}", "롤링 재시작을 시작할 수 없습니다: {0}", "无法开始滚动重启：{0}", "ローリングリスタートを開始できません：{0}";
        PrecheckUnclear: "The pre-check answered something we do not know: {0}", "사전 점검이 알 수 없는 응답을 보냈습니다: {0}", "预检查返回了无法识别的内容：{0}", "事前チェックの応答を理解できません：{0}";
        Strip: "Nodes", "노드", "节点", "ノード";
    }
}
