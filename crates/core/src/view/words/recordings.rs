//! What is recorded on this device: how much, for how long, and what keeps it from being recorded.

use super::words;

words! {
    /// What is recorded on this device.
    Recordings {
        Title: "Recordings", "기록", "记录", "記録";
        What: "Every change that this page sees is kept in this browser, so that a reload or a night does not lose it. No key and no answer as it came is among it.", "이 페이지가 본 모든 변화를 이 브라우저에 보관하므로 새로고침하거나 밤이 지나도 사라지지 않습니다. 키와 응답 원문은 포함하지 않습니다.", "此页面看到的每次变化都保存在此浏览器中，重新加载或过夜也不会丢失。其中不含密钥，也不含应答原文。", "このページが見た変化はすべてこのブラウザーに保存され、再読み込みしても一晩たっても失われません。キーや応答の原文は含みません。";
        Held: "{0} runs, {1} clusters, {2}", "실행 {0}건, 클러스터 {1}개, {2}", "{0} 次运行，{1} 个集群，{2}", "実行 {0} 件、クラスター {1} 個、{2}";
        Empty: "Nothing is recorded.", "기록이 없습니다.", "尚无记录。", "記録はありません。";
        KeptFor: "Kept are the latest {0} runs of each cluster, each for {1} days after it was last seen, and {2} MB altogether; the oldest go first. The newest run of each cluster stays.", "클러스터마다 최근 실행 {0}건을 마지막으로 본 뒤 {1}일 동안, 모두 합쳐 {2} MB까지 보관하며 오래된 것부터 지웁니다. 클러스터마다 가장 최근 실행은 남깁니다.", "每个集群保留最近 {0} 次运行，自最后一次看到起保留 {1} 天，总计不超过 {2} MB；最早的先删除。每个集群最新的一次运行始终保留。", "クラスターごとに直近 {0} 件の実行を、最後に見てから {1} 日間、合計 {2} MB まで保存し、古いものから消します。各クラスターの最新の実行は残ります。";
        Delete: "Delete recordings", "기록 삭제", "删除记录", "記録を削除";
        DeleteSure: "Delete every recording of every cluster in this browser? Nobody else has them.", "이 브라우저에 있는 모든 클러스터의 기록을 모두 삭제할까요? 다른 곳에는 없습니다.", "要删除此浏览器中所有集群的全部记录吗？别处没有备份。", "このブラウザーにある全クラスターの記録をすべて削除しますか？ほかには残っていません。";
        DeleteYes: "Delete all", "모두 삭제", "全部删除", "すべて削除";
        DeleteNo: "Keep them", "보관", "保留", "残す";
        Deleted: "The recordings are deleted. What happens from now on is recorded.", "기록을 삭제했습니다. 지금부터 일어나는 일은 기록합니다.", "记录已删除。从现在起发生的事会被记录。", "記録を削除しました。これから起きることは記録します。";
        NotDeleted: "The browser did not delete the recordings. Its own settings can delete the data of this page.", "브라우저가 기록을 삭제하지 못했습니다. 브라우저 설정에서 이 페이지의 데이터를 삭제할 수 있습니다.", "浏览器未能删除记录。可在浏览器设置中删除此页面的数据。", "ブラウザーが記録を削除できませんでした。ブラウザーの設定でこのページのデータを削除できます。";
        Full: "The browser has no room for recordings. Watching goes on, and what happens is remembered until this page closes.", "브라우저에 기록할 공간이 없습니다. 계속 지켜보지만, 일어나는 일은 이 페이지를 닫을 때까지만 기억합니다.", "浏览器没有空间保存记录。监看继续，但发生的事只记到此页面关闭为止。", "ブラウザーに記録用の空き容量がありません。監視は続きますが、覚えているのはこのページを閉じるまでです。";
        Unavailable: "This browser keeps no recordings for the page, as in a private window. What happens is remembered until this page closes.", "이 브라우저는 사생활 보호 창처럼 이 페이지의 기록을 보관하지 않습니다. 일어나는 일은 이 페이지를 닫을 때까지만 기억합니다.", "此浏览器不为此页面保存记录，如同隐私窗口。发生的事只记到此页面关闭为止。", "このブラウザーはプライベートウィンドウのように、このページの記録を保存しません。覚えているのはこのページを閉じるまでです。";
        Newer: "A newer version of this page keeps the recordings in this browser. Reload to use it; until then, what happens is remembered only until this page closes.", "이 브라우저의 기록은 이 페이지의 새 버전이 관리합니다. 새로고침하면 사용할 수 있으며, 그때까지 일어나는 일은 이 페이지를 닫을 때까지만 기억합니다.", "此浏览器中的记录由此页面的更新版本保存。请重新加载以使用；在此之前，发生的事只记到此页面关闭为止。", "このブラウザーの記録は、このページの新しい版が管理しています。再読み込みすると使えます。それまで覚えているのはこのページを閉じるまでです。";
        Broken: "The browser failed over the recordings. Watching goes on, and what happens is remembered until this page closes.", "브라우저가 기록을 처리하지 못했습니다. 계속 지켜보지만, 일어나는 일은 이 페이지를 닫을 때까지만 기억합니다.", "浏览器处理记录时出错。监看继续，但发生的事只记到此页面关闭为止。", "ブラウザーで記録の処理に失敗しました。監視は続きますが、覚えているのはこのページを閉じるまでです。";
    }
}
