//! The page around the cards.

use super::words;

words! {
    /// The page around the cards.
    Shell {
        Tagline: "Every rolling upgrade and restart, on every cloud", "모든 클라우드의 롤링 업그레이드와 재시작", "所有云上的滚动升级与重启", "すべてのクラウドのローリング更新と再起動";
        Add: "Add cluster", "클러스터 추가", "添加集群", "クラスターを追加";
        Search: "Search", "검색", "搜索", "検索";
        All: "All {0}", "전체 {0}", "全部 {0}", "すべて {0}";
        NeedPerson: "{0} need attention", "{0}개 확인 필요", "{0} 个需要关注", "{0} 件要対応";
        Theme: "Theme", "테마", "主题", "テーマ";
        ThemeSystem: "System", "시스템", "跟随系统", "システム";
        ThemeLight: "Light", "밝게", "浅色", "ライト";
        ThemeDark: "Dark", "어둡게", "深色", "ダーク";
        Language: "Language", "언어", "语言", "言語";
        Zone: "Times in", "시각 기준", "时间显示", "時刻表示";
        ZoneLocal: "Local time", "현지 시각", "本地时间", "現地時刻";
        ZoneUtc: "UTC", "UTC", "UTC", "UTC";
        SkipToContent: "Skip to content", "본문으로 건너뛰기", "跳到内容", "本文へ移動";
        EmptyTitle: "Nothing is watched yet.", "아직 보고 있는 클러스터가 없습니다.", "尚未监看任何集群。", "監視中のクラスターはありません。";
        EmptyDo: "Add the first cluster; its key stays in this tab.", "첫 클러스터를 추가하세요. 키는 이 탭에만 있습니다.", "添加第一个集群；密钥只留在此标签页。", "最初のクラスターを追加してください。キーはこのタブにのみ残ります。";
        NoMatch: "No cluster matches.", "일치하는 클러스터가 없습니다.", "没有匹配的集群。", "一致するクラスターがありません。";
        ClearFilter: "Show all", "모두 보기", "显示全部", "すべて表示";
        Demo: "Demo: simulated clouds, no real cluster. Clock ×{0}.", "데모: 모의 클라우드이며 실제 클러스터가 아닙니다. 시계 ×{0}.", "演示：模拟云，并非真实集群。时钟 ×{0}。", "デモ：模擬クラウドで、実在のクラスターではありません。時計 ×{0}。";
        ConfigBroken: "config.json could not be used: {0} Defaults apply.", "config.json을 사용할 수 없습니다: {0} 기본값을 적용합니다.", "无法使用 config.json：{0} 已采用默认值。", "config.json を使用できません：{0} 既定値を使います。";
        ConfigUnknown: "config.json has fields that this version does not know: {0}. They have no effect; known are {1}.", "config.json에 이 버전이 모르는 필드가 있습니다: {0}. 적용되지 않으며, 아는 필드는 {1}입니다.", "config.json 中有此版本不认识的字段：{0}。它们不起作用；可用字段为 {1}。", "config.json にこのバージョンの知らない項目があります：{0}。これらは無視されます。使える項目は {1} です。";
        WatchesKept: "Some saved entries could not be read. They are kept, not shown.", "저장된 항목 일부를 읽을 수 없습니다. 표시하지 않지만 보존합니다.", "部分已保存的条目无法读取，已保留但不显示。", "保存済みの一部を読み取れません。表示せず保持します。";
        NotSaved: "The browser did not store the watch list: {0}", "브라우저가 목록을 저장하지 못했습니다: {0}", "浏览器未能保存监看列表：{0}", "監視一覧を保存できませんでした：{0}";
        UnknownPage: "This link is not one of ours: {0}", "알 수 없는 링크입니다: {0}", "无法识别此链接：{0}", "このリンクは開けません：{0}";
        BrokenLink: "This link to a cluster is not complete or not known: {0}", "클러스터 링크가 불완전하거나 알 수 없습니다: {0}", "此集群链接不完整或无法识别：{0}", "クラスターへのリンクが不完全か不明です：{0}";
        StorageUnavailable: "this browser offers no storage to the page.", "이 브라우저가 페이지에 저장소를 제공하지 않습니다.", "此浏览器未向页面提供存储。", "このブラウザーはページに保存領域を提供していません。";
        StorageRefused: "there may be no room left.", "저장 공간이 부족할 수 있습니다.", "可能没有剩余空间。", "空き容量がない可能性があります。";
        NotLoaded: "it could not be loaded.", "불러올 수 없습니다.", "无法加载。", "読み込めませんでした。";
        About: "About", "정보", "关于", "このページについて";
        AboutWhat: "Rollwatch asks the clouds from this tab, with your own read-only keys, through a proxy that forwards a few read-only calls and nothing else.", "Rollwatch는 이 탭에서 사용자의 읽기 전용 키로, 정해진 읽기 호출만 전달하는 프록시를 통해 클라우드를 조회합니다.", "Rollwatch 在此标签页中使用你自己的只读密钥，通过只转发少数只读调用的代理查询各云。", "Rollwatch はこのタブから、あなたの読み取り専用キーで、限られた読み取り呼び出しのみを転送するプロキシを通じてクラウドに問い合わせます。";
        ToBoard: "To the board", "보드로", "返回看板", "ボードへ";
        Keyboard: "Keyboard: / search, j and k to move, Enter to open, Esc to go back", "키보드: / 검색, j·k 이동, Enter 열기, Esc 뒤로", "键盘：/ 搜索，j 与 k 移动，Enter 打开，Esc 返回", "キーボード：/ 検索、j・k 移動、Enter 開く、Esc 戻る";
        Clusters: "Clusters", "클러스터", "集群", "クラスター";
        Attention: "{0}: {1}", "{0}: {1}", "{0}：{1}", "{0}：{1}";
        Framed: "Rollwatch does not start inside another page: whoever made that page could lay something of their own over it and have you click what you do not see.", "Rollwatch는 다른 페이지 안에서는 시작하지 않습니다. 그 페이지를 만든 사람이 위에 다른 것을 겹쳐 놓아, 보이지 않는 것을 누르게 할 수 있기 때문입니다.", "Rollwatch 不会在其他页面中启动：该页面的作者可以在上面覆盖自己的内容，让你点到看不见的东西。", "Rollwatch は他のページの中では起動しません。そのページの作成者が上に別のものを重ね、見えないものをクリックさせることができるためです。";
        OpenItself: "Open Rollwatch in a tab of its own", "별도의 탭에서 Rollwatch 열기", "在单独的标签页中打开 Rollwatch", "Rollwatch を専用のタブで開く";
        Dismiss: "Dismiss", "닫기", "关闭", "閉じる";
    }
}
