//! The vault on this device, forgetting, and the watch list as a file.

use super::words;

words! {
    /// The vault on this device, forgetting, and the watch list as a file.
    Vault {
        Remember: "Remember on this device, in the vault", "이 기기의 보관함에 저장", "在本设备的保险库中记住", "この端末の保管庫に記憶する";
        RememberHint: "Otherwise the key is in this tab's memory only and gone when the tab closes. In the vault it is encrypted under your passphrase.", "선택하지 않으면 키는 이 탭의 메모리에만 있고 탭을 닫으면 사라집니다. 보관함에서는 암호 문구로 암호화됩니다.", "不选择时，密钥仅在此标签页的内存中，关闭即消失。保险库中的密钥用你的口令短语加密。", "選ばない場合、キーはこのタブのメモリにのみあり、閉じると消えます。保管庫ではパスフレーズで暗号化されます。";
        Title: "Vault on this device", "이 기기의 보관함", "本设备的保险库", "この端末の保管庫";
        About: "The vault keeps keys in this browser, encrypted under a passphrase that is stored nowhere. Once taken, a secret cannot be read again, not even by this page: it only signs. Each tab opens the vault for itself.", "보관함은 어디에도 저장하지 않는 암호 문구로 키를 암호화해 이 브라우저에 보관합니다. 한번 넣은 비밀 키는 이 페이지조차 다시 읽을 수 없고 서명에만 쓰입니다. 보관함은 탭마다 따로 엽니다.", "保险库将密钥保存在此浏览器中，用不存储于任何地方的口令短语加密。密钥放入后，连此页面也无法再读取，只能用于签名。每个标签页各自打开保险库。", "保管庫は、どこにも保存されないパスフレーズで暗号化したキーをこのブラウザーに保管します。いったん入れたシークレットはこのページからも読み出せず、署名にのみ使われます。保管庫はタブごとに開きます。";
        Absent: "There is no vault. It is made when you remember the first key.", "보관함이 없습니다. 첫 키를 저장할 때 만들어집니다.", "尚无保险库。首次记住密钥时会创建。", "保管庫はありません。最初のキーを記憶するときに作られます。";
        IsLocked: "The vault is locked.", "보관함이 잠겨 있습니다.", "保险库已锁定。", "保管庫はロックされています。";
        IsOpen: "The vault is open in this tab.", "이 탭에서 보관함이 열려 있습니다.", "保险库已在此标签页中打开。", "このタブで保管庫が開いています。";
        SessionOnly: "in memory only, not in the vault", "메모리에만 있음, 보관함에 없음", "仅在内存中，不在保险库", "メモリのみ、保管庫になし";
        Kept: "in the vault", "보관함에 있음", "在保险库中", "保管庫にあり";
        Passphrase: "Passphrase", "암호 문구", "口令短语", "パスフレーズ";
        NewPassphrase: "New passphrase", "새 암호 문구", "新的口令短语", "新しいパスフレーズ";
        Again: "The same passphrase again", "암호 문구 다시 입력", "再次输入口令短语", "パスフレーズをもう一度";
        PassphraseHint: "At least 12 characters; four or five random words are good. Whoever copies this browser's data can try passphrases as fast as their machines allow, so length is what protects the keys. Nobody can recover it.", "12자 이상, 무작위 단어 네다섯 개가 좋습니다. 이 브라우저의 데이터를 복사한 사람은 원하는 만큼 빠르게 시도할 수 있으므로 길이가 키를 지킵니다. 잊으면 아무도 복구할 수 없습니다.", "至少 12 个字符，四五个随机词为佳。拿到此浏览器数据的人可用其机器的全速尝试，因此长度就是对密钥的保护。遗忘后无人能够恢复。", "12 文字以上。無作為な単語を 4、5 個並べるとよいでしょう。このブラウザーのデータを複製した人は機械の速さで試せるため、長さがキーを守ります。忘れると誰にも復元できません。";
        TooShort: "The passphrase needs at least 12 characters.", "암호 문구는 12자 이상이어야 합니다.", "口令短语至少需要 12 个字符。", "パスフレーズは 12 文字以上必要です。";
        Different: "The two passphrases are not the same.", "두 암호 문구가 서로 다릅니다.", "两次输入的口令短语不一致。", "2 つのパスフレーズが一致しません。";
        Wrong: "This is not the vault's passphrase.", "보관함의 암호 문구가 아닙니다.", "这不是保险库的口令短语。", "保管庫のパスフレーズではありません。";
        WaitFirst: "Wait until the next try is allowed.", "다음 시도가 허용될 때까지 기다리세요.", "请等到允许下一次尝试。", "次の試行が許されるまでお待ちください。";
        WaitFor: "After a wrong passphrase the next try waits: {0} s.", "암호 문구가 틀려 다음 시도까지 {0}초 기다려야 합니다.", "口令短语有误，下一次尝试需等待 {0} 秒。", "パスフレーズが誤っていたため、次の試行まで {0} 秒お待ちください。";
        Opening: "Opening the vault…", "보관함을 여는 중…", "正在打开保险库…", "保管庫を開いています…";
        Unlock: "Unlock", "잠금 해제", "解锁", "ロック解除";
        UnlockVault: "Unlock the vault", "보관함 잠금 해제", "解锁保险库", "保管庫のロックを解除";
        LockNow: "Lock now", "지금 잠그기", "立即锁定", "今すぐロック";
        LockedIdle: "The vault has locked: nobody used the page for a while.", "한동안 페이지를 사용하지 않아 보관함이 잠겼습니다.", "页面有一段时间无人使用，保险库已锁定。", "しばらくページが使われなかったため、保管庫をロックしました。";
        LockedSleep: "The vault has locked: this device slept, or the browser stopped the page.", "기기가 절전 상태였거나 브라우저가 페이지를 중지해 보관함이 잠겼습니다.", "本设备曾休眠，或浏览器停止了页面，保险库已锁定。", "端末がスリープしたか、ブラウザーがページを停止したため、保管庫をロックしました。";
        IdleLabel: "Lock when nobody uses the page for", "다음 시간 동안 사용하지 않으면 잠금", "页面无人使用达到此时间后锁定", "次の時間使われなければロックする";
        IdleHint: "It locks also when the device sleeps. A board that is only looked at counts as unused.", "기기가 절전 상태가 되어도 잠깁니다. 보기만 하는 것은 사용으로 치지 않습니다.", "设备休眠时也会锁定。仅查看看板不算使用。", "端末がスリープしてもロックします。ボードを眺めるだけでは使用とみなしません。";
        Quarter: "15 minutes", "15분", "15 分钟", "15 分";
        Hour: "1 hour", "1시간", "1 小时", "1 時間";
        Shift: "8 hours", "8시간", "8 小时", "8 時間";
        Change: "Change passphrase", "암호 문구 변경", "更改口令短语", "パスフレーズを変更";
        OldPassphrase: "Passphrase until now", "지금까지의 암호 문구", "当前口令短语", "これまでのパスフレーズ";
        Changed: "The passphrase is changed. Other tabs have locked the vault.", "암호 문구를 바꿨습니다. 다른 탭의 보관함은 잠겼습니다.", "口令短语已更改。其他标签页已锁定保险库。", "パスフレーズを変更しました。他のタブの保管庫はロックされました。";
        DeleteVault: "Delete the vault", "보관함 삭제", "删除保险库", "保管庫を削除";
        DeleteSure: "Delete the vault and every key in it? Without its passphrase there is no other way. What is watched stays.", "보관함과 그 안의 모든 키를 삭제할까요? 암호 문구가 없으면 다른 방법이 없습니다. 보고 있는 항목은 남습니다.", "要删除保险库及其中所有密钥吗？没有口令短语时别无他法。监看内容会保留。", "保管庫とその中のすべてのキーを削除しますか？パスフレーズがなければほかに方法はありません。監視対象は残ります。";
        Keep: "Keep it", "유지", "保留", "残す";
        NoCrypto: "This page did not come over https, so the browser gives it no cryptography: keys cannot be remembered, and those that you enter are signed with in this tab's memory. Open the page over https, or on this machine as localhost.", "이 페이지가 https로 열리지 않아 브라우저가 암호 기능을 제공하지 않습니다. 키를 저장할 수 없고, 입력한 키는 이 탭의 메모리에서 서명에 쓰입니다. https로 열거나 이 컴퓨터에서 localhost로 여세요.", "此页面不是通过 https 打开的，浏览器不提供加密功能：无法记住密钥，输入的密钥在此标签页内存中用于签名。请通过 https 打开，或在本机以 localhost 打开。", "このページは https で開かれていないため、ブラウザーの暗号機能を使えません。キーは記憶できず、入力したキーはこのタブのメモリで署名に使われます。https で開くか、この端末で localhost として開いてください。";
        Damaged: "What is stored of the vault is damaged. It is left as it is; delete the vault to make a new one.", "저장된 보관함이 손상되었습니다. 그대로 두었으며, 새로 만들려면 보관함을 삭제하세요.", "已存储的保险库已损坏，保持原样；如需新建，请先删除保险库。", "保存された保管庫が壊れています。そのまま残してあります。新しく作るには保管庫を削除してください。";
        Newer: "A newer version of this page keeps the vault in this browser. Reload to use it.", "이 브라우저의 보관함은 이 페이지의 새 버전이 관리합니다. 새로고침하면 사용할 수 있습니다.", "此浏览器中的保险库由此页面的更新版本保存。请重新加载以使用。", "このブラウザーの保管庫は、このページの新しい版が管理しています。再読み込みすると使えます。";
        NotStored: "The browser does not keep the vault, as in a private window or without room. Keys stay in this tab's memory.", "사생활 보호 창이거나 공간이 없어 브라우저가 보관함을 저장하지 않습니다. 키는 이 탭의 메모리에 남습니다.", "浏览器未保存保险库，可能是隐私窗口或空间不足。密钥留在此标签页内存中。", "プライベートウィンドウや空き容量不足などで、ブラウザーが保管庫を保存しません。キーはこのタブのメモリに残ります。";
        NotKept: "The vault was not changed: {0}", "보관함이 바뀌지 않았습니다: {0}", "保险库未更改：{0}", "保管庫は変更されていません：{0}";
        SomeUnread: "A key in the vault could not be read. It is left as it is.", "보관함의 키 하나를 읽을 수 없어 그대로 두었습니다.", "保险库中有密钥无法读取，已保持原样。", "保管庫のキーの一つを読み取れません。そのまま残してあります。";
        CardLocked: "The key of this account is in the vault, which is locked.", "이 계정의 키는 잠긴 보관함에 있습니다.", "此账号的密钥在已锁定的保险库中。", "このアカウントのキーはロックされた保管庫にあります。";
        CardLockedDo: "Unlock the vault to go on; what you watch stays.", "계속하려면 보관함의 잠금을 해제하세요. 보고 있던 항목은 유지됩니다.", "解锁保险库即可继续；监看内容会保留。", "続けるには保管庫のロックを解除してください。監視対象は残ります。";
        Page: "Keys and data on this device", "이 기기의 키와 데이터", "本设备上的密钥与数据", "この端末のキーとデータ";
        ListTitle: "Watch list", "감시 목록", "监看列表", "監視一覧";
        ListAbout: "The list of what is watched, with the names that you gave to accounts and without any key.", "감시 대상과 계정에 붙인 이름이 들어 있고 키는 없습니다.", "包含监看内容和你为账号取的名称，不含任何密钥。", "監視対象と、アカウントに付けた名前の一覧です。キーは含みません。";
        Export: "Save as a file", "파일로 저장", "保存为文件", "ファイルに保存";
        ImportLabel: "Add from a file", "파일에서 추가", "从文件添加", "ファイルから追加";
        ImportNone: "The file adds nothing: everything in it is watched already.", "이 파일로 추가할 것이 없습니다. 모두 이미 감시 중입니다.", "此文件没有可添加的内容：其中各项均已在监看。", "このファイルで追加されるものはありません。すべて監視中です。";
        ImportNew: "Adds {0}; {1} are watched already and stay as they are.", "{0}개를 추가합니다. {1}개는 이미 감시 중이며 그대로 둡니다.", "将添加 {0} 个；{1} 个已在监看，保持不变。", "{0} 件を追加します。{1} 件は監視中のため、そのままです。";
        ImportUnread: "{0} entries are not known to this version and are left out.", "이 버전이 모르는 항목 {0}개는 제외합니다.", "此版本不认识的 {0} 个条目将被略过。", "この版で扱えない {0} 件は除きます。";
        ImportAsks: "The clouds are asked about them at once with the keys in memory of: {0}", "메모리에 있는 다음 계정의 키로 바로 조회합니다: {0}", "将立即使用内存中以下账号的密钥查询：{0}", "メモリにある次のアカウントのキーで直ちに照会します：{0}";
        ImportYes: "Add {0}", "{0}개 추가", "添加 {0} 个", "{0} 件を追加";
        ImportDone: "{0} added.", "{0}개를 추가했습니다.", "已添加 {0} 个。", "{0} 件を追加しました。";
        NotAList: "This file is not a watch list of this page.", "이 페이지의 감시 목록 파일이 아닙니다.", "此文件不是本页面的监看列表。", "このファイルはこのページの監視一覧ではありません。";
        OtherVersion: "Another version of this page has saved this file. Reload the page and try again.", "이 페이지의 다른 버전이 저장한 파일입니다. 새로고침한 뒤 다시 시도하세요.", "此文件由此页面的其他版本保存。请重新加载页面后重试。", "このファイルはこのページの別の版で保存されました。再読み込みしてからお試しください。";
        ForgetAll: "Forget everything", "모두 잊기", "忘记全部", "すべて忘れる";
        ForgetSure: "Remove everything that this page holds and has stored in this browser, in every tab? Nothing can be brought back:", "이 페이지가 모든 탭에서 보유하고 이 브라우저에 저장한 것을 모두 지울까요? 되돌릴 수 없습니다.", "要移除此页面在所有标签页中持有并存储于此浏览器的全部内容吗？无法恢复：", "このページがすべてのタブで保持し、このブラウザーに保存したものをすべて消しますか？元に戻せません：";
        GoneKeys: "keys in memory and the vault with every key in it", "메모리의 키와, 보관함 및 그 안의 모든 키", "内存中的密钥，以及保险库和其中所有密钥", "メモリのキーと、保管庫およびその中のすべてのキー";
        GoneList: "the watch list ({0} clusters) and the zones that you chose", "감시 목록(클러스터 {0}개)과 선택한 시간대", "监看列表（{0} 个集群）和你选择的时区", "監視一覧（クラスター {0} 件）と選択したタイムゾーン";
        GoneRecords: "every recording, and when you last looked", "모든 기록과 마지막으로 본 시각", "所有记录，以及你上次查看的时间", "すべての記録と、最後に見た時刻";
        GoneSettings: "language, theme and the other settings", "언어, 테마와 그 밖의 설정", "语言、主题和其他设置", "言語、テーマ、その他の設定";
        ForgetYes: "Forget everything now", "지금 모두 잊기", "立即忘记全部", "今すぐすべて忘れる";
    }
}
