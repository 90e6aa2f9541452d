//! What a person should know beyond the verdict.

use super::words;

words! {
    /// What a person should know beyond the verdict.
    Findings {
        SummaryDisagrees: "The vendor sums up the {0} group as “{1}”, but {2} of its nodes are not well and {3} of {4} operate.", "공급사는 {0} 그룹을 “{1}”(으)로 요약하지만, 정상이 아닌 노드가 {2}개이고 {4}개 중 {3}개만 동작합니다.", "厂商将{0}组汇总为“{1}”，但其中 {2} 个节点异常，{4} 个中仅 {3} 个在运行。", "ベンダーは {0} グループを「{1}」と要約していますが、正常でないノードが {2} 台あり、稼働は {4} 台中 {3} 台です。";
        FinishedButFailed: "The vendor calls this “{0}”, which means finished, but also reports {1}.", "공급사는 이를 완료를 뜻하는 “{0}”(으)로 표시하지만 {1}도 보고합니다.", "厂商将其标为“{0}”（表示已结束），但同时报告了 {1}。", "ベンダーはこれを完了を意味する「{0}」としていますが、{1} も報告しています。";
        Reported: "The vendor reports {0}.", "공급사가 {0}을(를) 보고합니다.", "厂商报告了 {0}。", "ベンダーは {0} を報告しています。";
        NodeFailed: "{0} failed: {1}", "{0} 실패: {1}", "{0} 失败：{1}", "{0} が失敗：{1}";
        NodeFailedWordless: "{0} failed.", "{0} 실패.", "{0} 失败。", "{0} が失敗。";
        StepFailed: "Step {0} failed.", "단계 {0} 실패.", "步骤 {0} 失败。", "ステップ {0} が失敗。";
        MixedVersions: "The cluster may run mixed versions: {0} of {1} nodes were changed.", "버전이 섞여 있을 수 있습니다: {1}개 노드 중 {0}개가 변경됨.", "集群可能处于混合版本：{1} 个节点中已变更 {0} 个。", "バージョンが混在している可能性があります：{1} 台中 {0} 台を変更済み。";
        UnknownWord: "We do not know the word “{1}” in {0}. It is shown as it came.", "{0}의 “{1}”은(는) 알 수 없는 단어입니다. 받은 그대로 표시합니다.", "无法识别 {0} 中的“{1}”，按原样显示。", "{0} の「{1}」は未知の語です。受け取ったまま表示します。";
        Repaired: "{0} was not valid JSON. It was read tolerantly; every value is exact.", "{0}이(가) 올바른 JSON이 아니어서 관대하게 해석했습니다. 값은 모두 정확합니다.", "{0} 不是有效的 JSON，已按宽松方式读取，所有值均准确。", "{0} は正しい JSON ではないため、寛容に読み取りました。値はすべて正確です。";
        Unreadable: "{0} could not be read. The answer below shows it as it came.", "{0}을(를) 읽을 수 없습니다. 아래 응답에 받은 그대로 표시됩니다.", "无法读取 {0}，下方的原始响应按原样显示。", "{0} を読み取れません。下の応答に受け取ったまま表示します。";
        BadTime: "{0} is not a time we can read: {1}", "{0}은(는) 읽을 수 없는 시각입니다: {1}", "{0} 不是可读取的时间：{1}", "{0} は読み取れない時刻です：{1}";
        MissingField: "The answer lacks {0}, or a part of it.", "응답에 {0} 또는 그 일부가 없습니다.", "响应中缺少 {0} 或其一部分。", "応答に {0} またはその一部がありません。";
        MoreOperations: "The vendor counts {0} operations; this answer holds {1}.", "공급사는 작업이 {0}개라고 하지만 이 응답에는 {1}개가 있습니다.", "厂商共有 {0} 个操作，此响应包含 {1} 个。", "ベンダーの操作は {0} 件ですが、この応答には {1} 件あります。";
        AssumedZone: "Times come without a zone; {0} was assumed.", "시각에 시간대가 없어 {0}(으)로 가정했습니다.", "时间未注明时区，按 {0} 处理。", "時刻にタイムゾーンがないため {0} と仮定しました。";
        MeasuredZone: "Times come without a zone; the vendor's node list shows that they are in {0}.", "시각에 시간대가 없지만, 공급사의 노드 목록에 따르면 {0}입니다.", "时间未注明时区；厂商的节点列表表明为 {0}。", "時刻にタイムゾーンはありませんが、ベンダーのノード一覧から {0} とわかります。";
        ChosenZone: "Times come without a zone; {0} was chosen for this account.", "시각에 시간대가 없어 이 계정에 지정한 {0}(으)로 봅니다.", "时间未注明时区；按为此账号选择的 {0} 处理。", "時刻にタイムゾーンがないため、このアカウント用に選択した {0} とみなします。";
        StepGaps: "{0}: the vendor lists only the steps {1}; what lies between is not reported.", "{0}: 공급사는 {1} 단계만 제공하며, 그 사이는 보고되지 않습니다.", "{0}：厂商仅列出步骤 {1}，其间的步骤未报告。", "{0}：ベンダーはステップ {1} のみを示し、その間は報告されません。";
        PreparationOver: "The upgrade was prepared, but could only be started until {0}. It has to be prepared again.", "업그레이드 준비는 {0}까지만 유효했습니다. 다시 준비해야 합니다.", "升级的准备仅在 {0} 之前有效，需要重新准备。", "アップグレードの準備は {0} まで有効でした。準備をやり直す必要があります。";
        PreparationExpires: "The upgrade is prepared and has to be started by {0}; after that it has to be prepared again.", "업그레이드 준비가 끝났습니다. {0}까지 시작하지 않으면 다시 준비해야 합니다.", "升级已准备就绪，须在 {0} 之前启动，否则需要重新准备。", "アップグレードの準備ができています。{0} までに開始しないと準備のやり直しになります。";
        RollingBack: "The vendor is taking this operation back.", "공급사가 이 작업을 롤백하고 있습니다.", "厂商正在回滚此操作。", "ベンダーがこの操作をロールバックしています。";
        RolledBack: "The vendor has taken this operation back.", "공급사가 이 작업을 롤백했습니다.", "厂商已回滚此操作。", "ベンダーがこの操作をロールバックしました。";
        RollingBackWord: "The vendor is taking this operation back: {0}.", "공급사가 이 작업을 롤백하고 있습니다: {0}", "厂商正在回滚此操作：{0}。", "ベンダーがこの操作をロールバックしています：{0}";
        RolledBackWord: "The vendor has taken this operation back: {0}.", "공급사가 이 작업을 롤백했습니다: {0}", "厂商已回滚此操作：{0}。", "ベンダーがこの操作をロールバックしました：{0}";
        WentBack: "{0} was done and went back to {1}.", "{0}은(는) 완료되었다가 {1} 상태로 돌아갔습니다.", "{0} 曾已完成，又回到“{1}”。", "{0} は完了した後、「{1}」に戻りました。";
        NodeRetried: "{0} was worked on again after it had failed; this is turn {1}.", "{0}은(는) 실패 후 다시 작업되었습니다. {1}번째 차례입니다.", "{0} 失败后被重新处理，这是第 {1} 轮。", "{0} は失敗後に再び作業されました。{1} 回目です。";
        TaskRetried: "The vendor has run this task {0} times.", "공급사가 이 작업을 {0}회 실행했습니다.", "厂商已执行此任务 {0} 次。", "ベンダーはこのタスクを {0} 回実行しました。";
        StepLonger: "{0} has been in step {1} for {2}; it usually takes {3}.", "{0}이(가) {1} 단계에 {2}째 있습니다. 보통 {3} 걸립니다.", "{0} 处于步骤 {1} 已有 {2}，通常用时 {3}。", "{0} はステップ {1} に {2} とどまっています。通常は {3} です。";
        StepTookLonger: "{0} took {2} for step {1}; it usually takes {3}.", "{0}은(는) {1} 단계에 {2} 걸렸습니다. 보통 {3} 걸립니다.", "{0} 的步骤 {1} 用时 {2}，通常用时 {3}。", "{0} はステップ {1} に {2} かかりました。通常は {3} です。";
        TurnLonger: "{0} has been at work for {1}; a node usually takes {2}.", "{0}이(가) {1}째 작업 중입니다. 노드는 보통 {2} 걸립니다.", "{0} 已处理 {1}，节点通常用时 {2}。", "{0} は {1} 作業中です。ノードは通常 {2} です。";
        TurnTookLonger: "{0} took {1}; a node usually takes {2}.", "{0}은(는) {1} 걸렸습니다. 노드는 보통 {2} 걸립니다.", "{0} 用时 {1}，节点通常用时 {2}。", "{0} は {1} かかりました。ノードは通常 {2} です。";
        OrderChanged: "The vendor lists the nodes in another order than before.", "공급사가 노드를 이전과 다른 순서로 표시합니다.", "厂商列出节点的顺序与之前不同。", "ベンダーのノードの並び順が以前と異なります。";
        NotWatched: "Nobody watched for {0}: {1}.", "{0} 동안 관찰하지 않음: {1}", "有 {0} 未监看：{1}。", "{0} の間、監視していません：{1}。";
        NotWatchedTimes: "Nobody watched for {0} in all, {1} times; the last time: {2}.", "모두 {0} 동안, {1}회 관찰하지 않음. 마지막 원인: {2}", "共有 {0} 未监看，{1} 次；最近一次：{2}。", "合計 {0}、{1} 回にわたり監視していません。直近の理由：{2}。";
        Closed: "no page was open", "열린 페이지가 없었음", "没有打开的页面", "ページが開かれていなかった";
        Suspended: "this device slept, or the browser suspended the page", "기기가 절전 상태였거나 브라우저가 페이지를 일시 중지함", "本设备曾休眠，或浏览器挂起了页面", "端末がスリープしていたか、ブラウザーがページを停止していた";
        Unanswered: "no good answer came. {0}", "정상 응답이 없었음. {0}", "没有正常响应。{0}", "正常な応答がなかった。{0}";
        Paused: "Nothing changed for {0}, and then it went on.", "{0} 동안 변화가 없다가 다시 진행되었습니다.", "曾有 {0} 没有变化，之后继续进行。", "{0} の間変化がなく、その後再開しました。";
        PausedTimes: "{1} times nothing changed for long, at most for {0}, and then it went on.", "오랫동안 변화가 없던 적이 {1}회 있었고, 가장 길게는 {0}이었습니다. 그 후 다시 진행되었습니다.", "有 {1} 次长时间没有变化，最长 {0}，之后继续进行。", "長く変化のないことが {1} 回あり、最長は {0} でした。その後再開しました。";
        Since: "since {0}", "{0}부터", "自 {0} 起", "{0} から";
        Between: "between {0} and {1}", "{0} ~ {1} 사이", "在 {0} 与 {1} 之间", "{0} から {1} の間";
        SinceBefore: "since {0} or before", "{0} 또는 그 이전부터", "自 {0} 或更早", "{0} 以前から";
        None: "Nothing to report.", "특이 사항이 없습니다.", "没有需要报告的情况。", "報告事項はありません。";
    }
}
