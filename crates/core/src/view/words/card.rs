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
        SourcePace: "pace of nodes done: {0}", "완료 노드 {0}개의 속도", "按已完成的 {0} 个节点推算", "完了した {0} 台のペース";

        Unchanged: "no change for {0}", "{0} 동안 변화 없음", "{0} 无变化", "{0} 変化なし";
        BasisDocumented: "the vendor's own limit is {0}", "공급사 한도는 {0}", "厂商自身上限为 {0}", "ベンダーの上限は {0}";
        BasisPace: "nodes done so far took {0} each", "완료 노드는 개당 {0} 소요", "已完成节点平均每个 {0}", "完了ノードは 1 台あたり {0}";
        BasisDefault: "we expect a change within {0}", "{0} 이내의 변화를 기대", "预期 {0} 内应有变化", "{0} 以内の変化を想定";

        ImpactNodes: "{0} of {1} nodes at work; requests to them may fail", "{1}개 노드 중 {0}개 작업 중, 해당 노드 요청이 실패할 수 있음", "{1} 个节点中有 {0} 个正在处理，发往它们的请求可能失败", "{1} 台中 {0} 台が作業中。そのノードへの要求は失敗することがあります";
        ImpactOperating: "{0} of {1} brokers operating", "브로커 {1}개 중 {0}개 동작", "{1} 个 Broker 中有 {0} 个在运行", "ブローカー {1} 台中 {0} 台が稼働";
        ImpactFailed: "{0} of {1} nodes failed; impact unknown to us", "{1}개 노드 중 {0}개 실패, 영향은 알 수 없음", "{1} 个节点中有 {0} 个失败，影响未知", "{1} 台中 {0} 台が失敗。影響は不明";
        ImpactPreparing: "no impact while preparing", "준비 중에는 영향 없음", "准备期间无影响", "準備中は影響なし";
        ImpactPrepared: "prepared; valid until {0}; no impact yet", "준비 완료, {0}까지 유효, 아직 영향 없음", "已准备就绪，有效期至 {0}，尚无影响", "準備完了。有効期限は {0}、影響はまだなし";
        ImpactExpired: "prepared; valid until {0}, which is over; no impact", "준비했으나 유효 기한({0})이 지남, 영향 없음", "已准备，但已于 {0} 过期，无影响", "準備済み（{0} に期限切れ）。影響なし";
        ImpactWrites: "writes blocked, reads may flicker", "쓰기 차단, 읽기 순간 끊김 가능", "写入被阻止，读取可能闪断", "書き込み停止、読み取りは一瞬途切れることがあります";
        ImpactUnknown: "impact unknown to us", "영향은 알 수 없음", "影响未知", "影響は不明";

        SeenNow: "seen just now", "방금 확인", "刚刚查看", "たった今確認";
        SeenAgo: "seen {0} ago", "{0} 전 확인", "{0}前查看", "{0}前に確認";
        NotSeenYet: "not seen yet", "아직 확인하지 못함", "尚未查看", "未確認";
        StoppedAsking: "asking stopped until you act", "조치 전까지 조회 중단", "已停止查询，等待你处理", "対応するまで問い合わせ停止中";
        NeedsKey: "needs a key", "키 필요", "需要密钥", "キーが必要";

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
