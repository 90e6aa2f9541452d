//! What was recorded: what changed, the history of runs, and replay.

use super::words;

words! {
    /// What was recorded.
    Recorder {
        Changes: "What changed", "변경 내역", "变化记录", "変化の記録";
        NoChange: "No change was seen yet.", "아직 변화가 없습니다.", "尚未观察到变化。", "変化はまだありません。";
        Since: "Since you last looked ({0}, {1} ago)", "마지막으로 본 이후 ({0}, {1} 전)", "自你上次查看以来（{0}，{1}前）", "最後に見てから（{0}、{1}前）";
        SinceNothing: "Nothing has changed since you last looked ({0}, {1} ago).", "마지막으로 본 이후({0}, {1} 전) 변화가 없습니다.", "自你上次查看以来（{0}，{1}前）没有变化。", "最後に見てから（{0}、{1}前）変化はありません。";
        Before: "Before that", "그 이전", "在此之前", "それ以前";
        ShowAll: "Show {0} more", "{0}개 더 보기", "再显示 {0} 项", "さらに {0} 件を表示";
        MoreLines: "and {0} more", "외 {0}개", "另有 {0} 项", "ほか {0} 件";
        ChangedOnce: "1 change since you last looked", "마지막으로 본 이후 변화 1건", "自你上次查看以来有 1 项变化", "最後に見てから変化 1 件";
        ChangedOften: "{0} changes since you last looked", "마지막으로 본 이후 변화 {0}건", "自你上次查看以来有 {0} 项变化", "最後に見てから変化 {0} 件";

        At: "at {0}", "{0}", "{0}", "{0}";
        Between: "between {0} and {1}", "{0} ~ {1} 사이", "{0} 与 {1} 之间", "{0} から {1} の間";
        By: "not later than {0}", "늦어도 {0}", "不晚于 {0}", "遅くとも {0}";
        FromTo: "from {0} to {1}", "{0}부터 {1}까지", "从 {0} 到 {1}", "{0} から {1} まで";
        VendorSays: "{0} (the vendor says {1})", "{0} (공급사 시각 {1})", "{0}（厂商时间 {1}）", "{0}（ベンダーの時刻 {1}）";

        Began: "{0} began", "{0} 시작", "{0} 已开始", "{0} が始まりました";
        Done: "{0} is done", "{0} 완료", "{0} 已完成", "{0} が完了しました";
        DoneIn: "{0} is done, took {1}", "{0} 완료, {1} 걸림", "{0} 已完成，用时 {1}", "{0} が完了しました（所要 {1}）";
        Failed: "{0} failed", "{0} 실패", "{0} 失败", "{0} が失敗しました";
        FailedAfter: "{0} failed after {1}", "{0} 실패, {1} 만에", "{0} 在 {1} 后失败", "{0} が {1}で失敗しました";
        RolledBack: "{0} was rolled back", "{0} 롤백됨", "{0} 已回滚", "{0} がロールバックされました";
        Turned: "{0}: {1} → {2}", "{0}: {1} → {2}", "{0}：{1} → {2}", "{0}：{1} → {2}";
        TheOperation: "The operation", "작업", "操作", "操作";
        AnotherRun: "Another run began. The one before: {0}, {1}", "다른 실행이 시작되었습니다. 이전 실행: {0}, {1}", "开始了另一次执行。之前一次：{0}，{1}", "別の実行が始まりました。前の実行：{0}、{1}";

        Pause: "No change for {0}, then it went on", "{0} 동안 변화가 없다가 다시 진행", "{0} 没有变化，随后继续进行", "{0} 変化がなく、その後再開しました";
        GapClosed: "Not watched for {0}: no page was open", "{0} 동안 관찰하지 않음: 열린 페이지가 없었음", "有 {0} 未监看：没有打开的页面", "{0} 未監視：ページが開かれていませんでした";
        GapSuspended: "Not watched for {0}: the device slept, or the browser suspended the page", "{0} 동안 관찰하지 않음: 기기가 절전 상태였거나 브라우저가 페이지를 멈춤", "有 {0} 未监看：设备休眠，或浏览器暂停了页面", "{0} 未監視：端末がスリープしたか、ブラウザーがページを停止しました";
        GapUnanswered: "Not watched for {0}: no good answer. {1}", "{0} 동안 관찰하지 못함: 정상 응답 없음. {1}", "有 {0} 未能监看：没有有效响应。{1}", "{0} 監視できず：正常な応答なし。{1}";

        Runs: "Runs", "실행 이력", "执行记录", "実行の履歴";
        NoRuns: "No run is known yet.", "아직 알려진 실행이 없습니다.", "尚无已知的执行记录。", "実行の記録はまだありません。";
        RunBegan: "Began", "시작", "开始", "開始";
        RunVersions: "Versions", "버전", "版本", "バージョン";
        Lasted: "How long", "소요", "时长", "所要時間";
        Difference: "Against the one before", "직전 대비", "与前一次相比", "前回との差";
        Outcome: "Outcome", "결과", "结果", "結果";
        NodesDone: "Nodes done", "완료 노드", "完成节点", "完了ノード";
        OfAll: "{0} of {1}", "{1}개 중 {0}개", "{0}/{1}", "{0}/{1}";
        Known: "How it is known", "근거", "来源", "出所";
        Recorded: "recorded here", "여기에 기록됨", "由本浏览器记录", "ここで記録";
        RecordedGaps: "recorded here, not all of it was watched", "여기에 기록됨, 일부는 관찰하지 못함", "由本浏览器记录，部分时间未监看", "ここで記録（未監視の時間あり）";
        Listed: "listed by the vendor", "공급사 목록", "厂商列出", "ベンダーの一覧";
        Both: "{0}; {1}", "{0}; {1}", "{0}；{1}", "{0}、{1}";
        SoFar: "{0} so far", "현재까지 {0}", "至今 {0}", "これまで {0}";
        AtLeast: "at least {0}", "최소 {0}", "至少 {0}", "{0} 以上";
        GiveOrTake: "{0} ± {1}", "{0} ± {1}", "{0} ± {1}", "{0} ± {1}";
        Longer: "+{0}", "+{0}", "+{0}", "+{0}";
        Shorter: "−{0}", "−{0}", "−{0}", "−{0}";
        Same: "the same", "같음", "相同", "同じ";
        Compare: "Compare", "비교", "对比", "比較";
        CompareWith: "Compare with the run of {0}", "{0} 실행과 비교", "与 {0} 的执行对比", "{0} 実行分と比較";
        PerNode: "Times of {0} nodes", "노드 {0}개의 시간", "{0} 个节点的时间", "ノード {0} 台の時間";
        Turns: "Turns", "차례", "轮次", "回数";
        TurnsWhen: "When", "시각", "时间", "時刻";
        Took: "Took", "소요", "用时", "所要";

        Replay: "Replay", "다시 보기", "回放", "リプレイ";
        ReplayAbout: "Move back to see this page as it was then.", "뒤로 옮기면 당시의 페이지를 볼 수 있습니다.", "往回移动可查看当时的页面。", "戻すと、その時点のページが表示されます。";
        ReplayEmpty: "Nothing is recorded of this run yet.", "이 실행의 기록이 아직 없습니다.", "此次执行尚无记录。", "この実行の記録はまだありません。";
        Backward: "One change back", "한 변화 뒤로", "后退一个变化", "1 つ前の変化";
        Forward: "One change forward", "한 변화 앞으로", "前进一个变化", "1 つ次の変化";
        Present: "Now", "현재", "现在", "現在";
        AtStop: "{0}: {1}", "{0}: {1}", "{0}：{1}", "{0}：{1}";
        StopFirst: "first seen", "처음 확인", "首次看到", "最初の確認";
        StopOther: "details changed", "세부 정보 변경", "详情有变化", "詳細の変化";
        StopFailed: "no good answer", "정상 응답 없음", "没有有效响应", "正常な応答なし";
        Past: "This is the past: as known at {0} ({1} ago).", "과거 화면입니다: {0} 당시 ({1} 전).", "这是过去：{0} 时所知的情况（{1}前）。", "過去の表示です：{0} の時点（{1}前）。";
        BackToNow: "Back to now", "현재로", "回到现在", "現在に戻る";
    }
}
