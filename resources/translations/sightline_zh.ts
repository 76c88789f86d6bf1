<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
 <context>
  <name>Sightline</name>
  <message>
   <source> kB</source>
   <translation> kB</translation>
  </message>
  <message>
   <source> pixels</source>
   <translation> 像素</translation>
  </message>
  <message>
   <source>1 copy of this file</source>
   <translation>此文件有 1 个副本</translation>
  </message>
  <message>
   <source>1 document</source>
   <translation>1 个文档</translation>
  </message>
  <message>
   <source>1 file</source>
   <translation>1 个文件</translation>
  </message>
  <message>
   <source>1 file comes in.</source>
   <translation>将加入 1 个文件。</translation>
  </message>
  <message>
   <source>1 file leaves the index: {names}.</source>
   <translation>1 个文件将移出索引：{names}。</translation>
  </message>
  <message>
   <source>1 file left out</source>
   <translation>略过 1 个文件</translation>
  </message>
  <message>
   <source>1 file to be looked at once more</source>
   <translation>还有 1 个文件要再看一次</translation>
  </message>
  <message>
   <source>1 file to go</source>
   <translation>还剩 1 个文件</translation>
  </message>
  <message>
   <source>1 file understood</source>
   <translation>已理解 1 个文件</translation>
  </message>
  <message>
   <source>1 file was copied to {to}.</source>
   <translation>已将 1 个文件复制到 {to}。</translation>
  </message>
  <message>
   <source>1 file, still found</source>
   <translation>1 个文件，仍可找到</translation>
  </message>
  <message>
   <source>1 file, understood</source>
   <translation>1 个文件，已理解</translation>
  </message>
  <message>
   <source>1 photo</source>
   <translation>1 张照片</translation>
  </message>
  <message>
   <source>1 problem</source>
   <translation>1 个问题</translation>
  </message>
  <message>
   <source>1 result</source>
   <translation>1 个结果</translation>
  </message>
  <message>
   <source>1 screenshot</source>
   <translation>1 张屏幕截图</translation>
  </message>
  <message>
   <source>1 that looks the same</source>
   <translation>1 个看起来相同</translation>
  </message>
  <message>
   <source>1 video</source>
   <translation>1 个视频</translation>
  </message>
  <message>
   <source>5 stars</source>
   <translation>5 星</translation>
  </message>
  <message>
   <source>A closer look at it ended badly, so a quick look has to do: it is found a little less surely.</source>
   <translation>仔细查看它时出了问题，因此只保留了快速查看的结果：查找它时准确性会稍低。</translation>
  </message>
  <message>
   <source>A filter is not understood</source>
   <translation>有一个筛选条件无法理解</translation>
  </message>
  <message>
   <source>A folder with all files of a Qwen3-VL embedding model.</source>
   <translation>包含 Qwen3-VL 嵌入模型全部文件的文件夹。</translation>
  </message>
  <message>
   <source>A model that is on this computer already…</source>
   <translation>使用这台电脑上已有的模型…</translation>
  </message>
  <message>
   <source>A part of the picture matches</source>
   <translation>图片的一部分匹配</translation>
  </message>
  <message>
   <source>A picture must be a non-empty uint8 array of height x width x 3.</source>
   <translation>图片必须是非空的 uint8 数组：高 x 宽 x 3。</translation>
  </message>
  <message>
   <source>A picture of {width} x {height} pixels is too narrow: one side is over 200 times the other.</source>
   <translation>{width} x {height} 像素的图片过于狭长：一边超过另一边的 200 倍。</translation>
  </message>
  <message>
   <source>A program fills the screen; indexing goes on when it no longer does.</source>
   <translation>有程序占满了屏幕；它退出全屏后将继续索引。</translation>
  </message>
  <message>
   <source>A quarter</source>
   <translation>四分之一</translation>
  </message>
  <message>
   <source>A search can have {n} pictures; the others were left out.</source>
   <translation>一次搜索最多 {n} 张图片；其余的已略去。</translation>
  </message>
  <message>
   <source>About half</source>
   <translation>大约一半</translation>
  </message>
  <message>
   <source>About this result</source>
   <translation>关于此结果</translation>
  </message>
  <message>
   <source>Add Ctrl or Alt: this key alone is needed for typing.</source>
   <translation>请加上 Ctrl 或 Alt：单独这个键要用来输入文字。</translation>
  </message>
  <message>
   <source>Add a folder…</source>
   <translation>添加文件夹…</translation>
  </message>
  <message>
   <source>Add another folder…</source>
   <translation>再添加一个文件夹…</translation>
  </message>
  <message>
   <source>Add folder</source>
   <translation>添加文件夹</translation>
  </message>
  <message>
   <source>Add folders</source>
   <translation>添加文件夹</translation>
  </message>
  <message>
   <source>Add words, for example: but at night</source>
   <translation>可以加上文字，例如：但是在夜晚</translation>
  </message>
  <message>
   <source>Adding it up…</source>
   <translation>正在统计…</translation>
  </message>
  <message>
   <source>After 10 minutes</source>
   <translation>10 分钟后</translation>
  </message>
  <message>
   <source>After 5 minutes</source>
   <translation>5 分钟后</translation>
  </message>
  <message>
   <source>After an hour</source>
   <translation>1 小时后</translation>
  </message>
  <message>
   <source>All files</source>
   <translation>所有文件</translation>
  </message>
  <message>
   <source>All files by name</source>
   <translation>所有文件，按名称</translation>
  </message>
  <message>
   <source>All of {year}</source>
   <translation>{year} 全年</translation>
  </message>
  <message>
   <source>All they need</source>
   <translation>按需使用</translation>
  </message>
  <message>
   <source>Always</source>
   <translation>始终</translation>
  </message>
  <message>
   <source>An embedder finds, a reranker looks at the best again. Larger ones understand more and are slower.</source>
   <translation>嵌入模型负责查找，重排模型再看一遍最好的结果。模型越大，理解越好，也越慢。</translation>
  </message>
  <message>
   <source>Another folder…</source>
   <translation>其他文件夹…</translation>
  </message>
  <message>
   <source>Another model is being fetched: wait for it, or stop it first.</source>
   <translation>正在下载另一个模型：请等它完成，或先停止它。</translation>
  </message>
  <message>
   <source>Another program is fetching it: waiting…</source>
   <translation>另一个程序正在下载它：等待中…</translation>
  </message>
  <message>
   <source>Another program is fetching {name}; stop that first.</source>
   <translation>另一个程序正在下载 {name}；请先停止它。</translation>
  </message>
  <message>
   <source>Another program is using the graphics card; indexing goes on when it is free.</source>
   <translation>另一个程序正在使用显卡；显卡空闲后将继续索引。</translation>
  </message>
  <message>
   <source>Another program keeps it to itself now; it is read as soon as that is over.</source>
   <translation>另一个程序正在独占它；一旦释放就会读取。</translation>
  </message>
  <message>
   <source>Another program keeps the index {path} locked: close it and try again.</source>
   <translation>另一个程序锁定了索引 {path}：请关闭它后重试。</translation>
  </message>
  <message>
   <source>Another program…</source>
   <translation>其他程序…</translation>
  </message>
  <message>
   <source>Any</source>
   <translation>不限</translation>
  </message>
  <message>
   <source>Any date</source>
   <translation>任意日期</translation>
  </message>
  <message>
   <source>Any folder</source>
   <translation>任意文件夹</translation>
  </message>
  <message>
   <source>Any length</source>
   <translation>任意时长</translation>
  </message>
  <message>
   <source>Any rating</source>
   <translation>任意评分</translation>
  </message>
  <message>
   <source>Any size</source>
   <translation>任意大小</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>外观</translation>
  </message>
  <message>
   <source>Apple graphics</source>
   <translation>Apple 图形处理器</translation>
  </message>
  <message>
   <source>Apply</source>
   <translation>应用</translation>
  </message>
  <message>
   <source>As large as fits (0), or every pixel (1)</source>
   <translation>适合窗口 (0) 或原始像素 (1)</translation>
  </message>
  <message>
   <source>As little as possible</source>
   <translation>尽可能少</translation>
  </message>
  <message>
   <source>Ask me</source>
   <translation>询问我</translation>
  </message>
  <message>
   <source>Asking for the list of files…</source>
   <translation>正在获取文件列表…</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>Back to the usual keys</source>
   <translation>恢复默认按键</translation>
  </message>
  <message>
   <source>Balanced</source>
   <translation>均衡</translation>
  </message>
  <message>
   <source>Best match</source>
   <translation>最匹配</translation>
  </message>
  <message>
   <source>Better order available</source>
   <translation>有更好的排序</translation>
  </message>
  <message>
   <source>Built in as well: looks at the best drawn scenes again, not at real photos.</source>
   <translation>同样内置：对最匹配的绘制场景再看一遍，不适用于真实照片。</translation>
  </message>
  <message>
   <source>Built in, for trying Sightline out: understands drawn scenes, not real photos.</source>
   <translation>内置模型，供试用 Sightline：只理解绘制的场景，不理解真实照片。</translation>
  </message>
  <message>
   <source>By</source>
   <translation>作者</translation>
  </message>
  <message>
   <source>By month</source>
   <translation>按月份</translation>
  </message>
  <message>
   <source>By name</source>
   <translation>按名称</translation>
  </message>
  <message>
   <source>Camera</source>
   <translation>相机</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Cancel the download of {name}</source>
   <translation>取消下载 {name}</translation>
  </message>
  <message>
   <source>Cannot read the settings in {path}: {error}. Correct or delete it.</source>
   <translation>无法读取 {path} 中的设置：{error}。请更正或删除该文件。</translation>
  </message>
  <message>
   <source>Cannot write the settings to {path}: {strerror}.</source>
   <translation>无法将设置写入 {path}：{strerror}。</translation>
  </message>
  <message>
   <source>Cannot write to {data}: {strerror}. Make it writable or choose another --data-dir.</source>
   <translation>无法写入 {data}：{strerror}。请允许写入，或选择其他 --data-dir。</translation>
  </message>
  <message>
   <source>Cannot write to {parent}: {strerror}. Choose another --data-dir.</source>
   <translation>无法写入 {parent}：{strerror}。请选择其他 --data-dir。</translation>
  </message>
  <message>
   <source>Cannot write {file}: {strerror}.</source>
   <translation>无法写入 {file}：{strerror}。</translation>
  </message>
  <message>
   <source>Changed</source>
   <translation>修改时间</translation>
  </message>
  <message>
   <source>Checking what arrived…</source>
   <translation>正在检查已下载的内容…</translation>
  </message>
  <message>
   <source>Choose a result to see it here</source>
   <translation>选择一个结果，在这里查看</translation>
  </message>
  <message>
   <source>Choose another</source>
   <translation>另选一个</translation>
  </message>
  <message>
   <source>Choose at most {n} files to open at once.</source>
   <translation>一次最多打开 {n} 个文件。</translation>
  </message>
  <message>
   <source>Choose models…</source>
   <translation>选择模型…</translation>
  </message>
  <message>
   <source>Clear the search</source>
   <translation>清除搜索</translation>
  </message>
  <message>
   <source>Click a field and press the keys you want.</source>
   <translation>点击输入框，然后按下想要的按键。</translation>
  </message>
  <message>
   <source>Click to stop or go on</source>
   <translation>点击暂停或继续</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Close (Space)</source>
   <translation>关闭（空格键）</translation>
  </message>
  <message>
   <source>Closely</source>
   <translation>仔细</translation>
  </message>
  <message>
   <source>Closely takes several times as long. The built-in models always look alike.</source>
   <translation>“仔细”需要数倍时间。内置模型不受影响。</translation>
  </message>
  <message>
   <source>Connections</source>
   <translation>连接</translation>
  </message>
  <message>
   <source>Connections to other computers</source>
   <translation>与其他电脑的连接</translation>
  </message>
  <message>
   <source>Contact sheet</source>
   <translation>缩略图总览</translation>
  </message>
  <message>
   <source>Contact sheet…</source>
   <translation>缩略图总览…</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Copy into which folder?</source>
   <translation>复制到哪个文件夹？</translation>
  </message>
  <message>
   <source>Copy path</source>
   <translation>复制路径</translation>
  </message>
  <message>
   <source>Copy picture</source>
   <translation>复制图片</translation>
  </message>
  <message>
   <source>Copy text</source>
   <translation>复制文字</translation>
  </message>
  <message>
   <source>Copy to a folder…</source>
   <translation>复制到文件夹…</translation>
  </message>
  <message>
   <source>Copying to {name}…</source>
   <translation>正在复制到 {name}…</translation>
  </message>
  <message>
   <source>Could not be read ({n})</source>
   <translation>无法读取（{n}）</translation>
  </message>
  <message>
   <source>Counts double</source>
   <translation>权重加倍</translation>
  </message>
  <message>
   <source>Counts from the next start on.</source>
   <translation>下次启动时生效。</translation>
  </message>
  <message>
   <source>Counts half</source>
   <translation>权重减半</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>深色</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>日期</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete everything</source>
   <translation>全部删除</translation>
  </message>
  <message>
   <source>Delete everything that Sightline ever stored?</source>
   <translation>删除 Sightline 存储过的一切？</translation>
  </message>
  <message>
   <source>Delete everything?</source>
   <translation>全部删除？</translation>
  </message>
  <message>
   <source>Delete everything…</source>
   <translation>全部删除…</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>详细信息</translation>
  </message>
  <message>
   <source>Did you mean '{1}'?</source>
   <translation>您是指“{1}”吗？</translation>
  </message>
  <message>
   <source>Dimensions</source>
   <translation>尺寸</translation>
  </message>
  <message>
   <source>Dismiss this message</source>
   <translation>关闭此消息</translation>
  </message>
  <message>
   <source>Document</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>Done.</source>
   <translation>完成。</translation>
  </message>
  <message>
   <source>Double-click to edit</source>
   <translation>双击编辑</translation>
  </message>
  <message>
   <source>Download</source>
   <translation>下载</translation>
  </message>
  <message>
   <source>Download files that are only in the cloud</source>
   <translation>下载仅存于云端的文件</translation>
  </message>
  <message>
   <source>Download {name}</source>
   <translation>下载 {name}</translation>
  </message>
  <message>
   <source>Drag a box around what you are looking for.</source>
   <translation>拖动鼠标框住要找的内容。</translation>
  </message>
  <message>
   <source>Drag a box around what you are looking for. Enter takes all of it, Esc none.</source>
   <translation>拖动鼠标框住要找的内容。按 Enter 取整个屏幕，按 Esc 取消。</translation>
  </message>
  <message>
   <source>Drive</source>
   <translation>驱动器</translation>
  </message>
  <message>
   <source>Drop to make this folder searchable</source>
   <translation>松开鼠标，使此文件夹可搜索</translation>
  </message>
  <message>
   <source>Drop to search by this picture</source>
   <translation>松开鼠标，用此图片搜索</translation>
  </message>
  <message>
   <source>Drop to search for these words</source>
   <translation>松开鼠标，搜索这些文字</translation>
  </message>
  <message>
   <source>Enter changes how much it counts, Delete removes</source>
   <translation>按 Enter 更改权重，按 Delete 移除</translation>
  </message>
  <message>
   <source>Enter edits, Delete removes</source>
   <translation>按 Enter 编辑，按 Delete 移除</translation>
  </message>
  <message>
   <source>Enter opens  ·  {show} shows in folder  ·  {copy} copies</source>
   <translation>Enter 打开  ·  {show} 在文件夹中显示  ·  {copy} 复制</translation>
  </message>
  <message>
   <source>Every connection is refused, so no model can be downloaded. Your files never leave this computer, with or without this.</source>
   <translation>拒绝一切连接，因此无法下载模型。无论是否开启，您的文件都不会离开这台电脑。</translation>
  </message>
  <message>
   <source>Everything is looked at again by {new}; until that is done, {old} answers.</source>
   <translation>{new} 正在重新查看所有内容；完成之前由 {old} 回答。</translation>
  </message>
  <message>
   <source>Everything is looked at again, as the settings ask now; searches go on as before until then.</source>
   <translation>正在按新的设置重新查看所有内容；在此之前，搜索照常进行。</translation>
  </message>
  <message>
   <source>Exact words: {text}</source>
   <translation>精确文字：{text}</translation>
  </message>
  <message>
   <source>File type</source>
   <translation>文件类型</translation>
  </message>
  <message>
   <source>Files are still being copied, or a contact sheet is being made. What is finished stays; the rest is not done.</source>
   <translation>仍在复制文件或制作缩略图总览。已完成的部分会保留，其余不再进行。</translation>
  </message>
  <message>
   <source>Files left out are forgotten; they themselves stay as they are.</source>
   <translation>被排除的文件会从索引中移除；文件本身保持不变。</translation>
  </message>
  <message>
   <source>Files were found here before, are not now, and stay in the index: if it is a drive, connect it.</source>
   <translation>这里以前有文件，现在没有，它们仍保留在索引中：如果是驱动器，请连接它。</translation>
  </message>
  <message>
   <source>Files with problems</source>
   <translation>有问题的文件</translation>
  </message>
  <message>
   <source>Filter: {text}</source>
   <translation>筛选：{text}</translation>
  </message>
  <message>
   <source>Find anything you have ever seen</source>
   <translation>找到您见过的一切</translation>
  </message>
  <message>
   <source>Find similar</source>
   <translation>查找相似</translation>
  </message>
  <message>
   <source>Find similar in Sightline</source>
   <translation>在 Sightline 中查找相似内容</translation>
  </message>
  <message>
   <source>Find what pictures show and texts mean</source>
   <translation>查找图片的内容和文字的含义</translation>
  </message>
  <message>
   <source>Finds small things in them. Pictures take about half as long again; those already here come last.</source>
   <translation>能找到图片中的细小内容。处理图片的时间约增加一半；已有的图片最后处理。</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>适合窗口</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>Folders</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>Folders and progress</source>
   <translation>文件夹与进度</translation>
  </message>
  <message>
   <source>Folders and progress…</source>
   <translation>文件夹与进度…</translation>
  </message>
  <message>
   <source>Folders…</source>
   <translation>文件夹…</translation>
  </message>
  <message>
   <source>For an hour</source>
   <translation>一小时</translation>
  </message>
  <message>
   <source>For example 22:00-07:00. Empty: always.</source>
   <translation>例如 22:00-07:00。留空表示始终。</translation>
  </message>
  <message>
   <source>Forget all of these</source>
   <translation>全部忘记</translation>
  </message>
  <message>
   <source>Forget until it changes</source>
   <translation>忘记，直到文件更改</translation>
  </message>
  <message>
   <source>Frames of this moment</source>
   <translation>此时刻的画面</translation>
  </message>
  <message>
   <source>Free the memory of unused models</source>
   <translation>释放未使用模型的内存</translation>
  </message>
  <message>
   <source>From</source>
   <translation>从</translation>
  </message>
  <message>
   <source>From … to …</source>
   <translation>从…到…</translation>
  </message>
  <message>
   <source>General</source>
   <translation>常规</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>Go on while it is fetched</source>
   <translation>边下载边继续</translation>
  </message>
  <message>
   <source>Grid</source>
   <translation>网格</translation>
  </message>
  <message>
   <source>HTTP status {status_code}</source>
   <translation>HTTP 状态 {status_code}</translation>
  </message>
  <message>
   <source>Half</source>
   <translation>一半</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>高对比度</translation>
  </message>
  <message>
   <source>How closely files are looked at</source>
   <translation>查看文件的仔细程度</translation>
  </message>
  <message>
   <source>If the folder is added again, everything in it has to be looked at anew. The files themselves stay as they are.</source>
   <translation>如果再次添加该文件夹，其中的一切都要重新查看。文件本身保持不变。</translation>
  </message>
  <message>
   <source>Ignore</source>
   <translation>忽略</translation>
  </message>
  <message>
   <source>Ignored ({n})</source>
   <translation>已忽略（{n}）</translation>
  </message>
  <message>
   <source>In the menu of the file manager</source>
   <translation>在文件管理器菜单中</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>使用中</translation>
  </message>
  <message>
   <source>Index</source>
   <translation>索引</translation>
  </message>
  <message>
   <source>Indexing is paused in {1} until {2}; resume it to go on at once.</source>
   <translation>{1} 中的索引已暂停至 {2}；点击继续可立即恢复。</translation>
  </message>
  <message>
   <source>Indexing is paused in {1}; resume it to go on there.</source>
   <translation>{1} 中的索引已暂停；点击继续即可恢复。</translation>
  </message>
  <message>
   <source>Indexing is paused until {1}; resume it to go on at once.</source>
   <translation>索引已暂停至 {1}；点击继续可立即恢复。</translation>
  </message>
  <message>
   <source>Indexing is paused; resume it to go on.</source>
   <translation>索引已暂停；点击继续即可恢复。</translation>
  </message>
  <message>
   <source>Indexing is set to work from {start} to {end}; it goes on at {start}.</source>
   <translation>索引设定在 {start} 至 {end} 进行；{start} 将继续。</translation>
  </message>
  <message>
   <source>Install LibreOffice to see its pages, too.</source>
   <translation>安装 LibreOffice 后，还能看到它的页面。</translation>
  </message>
  <message>
   <source>It can only be read by decord 0.6, and another version is installed.</source>
   <translation>只有 decord 0.6 能读取它，而安装的是其他版本。</translation>
  </message>
  <message>
   <source>It can only be read by decord, which is not available here.</source>
   <translation>只有 decord 能读取它，而这里没有 decord。</translation>
  </message>
  <message>
   <source>It can only keep running where the desktop has a place for its icon.</source>
   <translation>只有桌面能显示其图标时，才能继续运行。</translation>
  </message>
  <message>
   <source>It cannot be read: permission denied.</source>
   <translation>无法读取：没有权限。</translation>
  </message>
  <message>
   <source>It cannot be read: the disk reports an error.</source>
   <translation>无法读取：磁盘报告错误。</translation>
  </message>
  <message>
   <source>It cannot be read: {1}.</source>
   <translation>无法读取：{1}。</translation>
  </message>
  <message>
   <source>It cannot be watched</source>
   <translation>无法监视此文件夹</translation>
  </message>
  <message>
   <source>It claims more pixels than any camera takes; it was not opened.</source>
   <translation>它声称的像素数超过任何相机；未打开。</translation>
  </message>
  <message>
   <source>It claims {width} × {height} pixels, more than any camera takes; it was not opened.</source>
   <translation>它声称有 {width} × {height} 像素，超过任何相机；未打开。</translation>
  </message>
  <message>
   <source>It contains no text.</source>
   <translation>其中没有文字。</translation>
  </message>
  <message>
   <source>It crashed the decoder ({how}): the file is damaged, or a codec has a fault.</source>
   <translation>它使解码器崩溃（{how}）：文件已损坏，或某个编解码器有缺陷。</translation>
  </message>
  <message>
   <source>It declares XML entities, as attacks do and documents never need; it was not read.</source>
   <translation>它声明了 XML 实体，这是攻击手段，文档从不需要；未读取。</translation>
  </message>
  <message>
   <source>It has more parts than can be drawn; it was not read.</source>
   <translation>它的组成部分多得无法绘制；未读取。</translation>
  </message>
  <message>
   <source>It has no page {number}.</source>
   <translation>其中没有第 {number} 页。</translation>
  </message>
  <message>
   <source>It has text, but no pages that could be shown.</source>
   <translation>它有文字，但没有可显示的页面。</translation>
  </message>
  <message>
   <source>It holds binary data, not text.</source>
   <translation>其内容是二进制数据，不是文字。</translation>
  </message>
  <message>
   <source>It holds nothing but subtitles, in a form that Sightline does not read.</source>
   <translation>其中只有字幕，其格式 Sightline 不能读取。</translation>
  </message>
  <message>
   <source>It holds only its layers and no picture of them together: save it again in Photoshop with “Maximize Compatibility”.</source>
   <translation>文件只有图层，没有合成后的图像：请在 Photoshop 中勾选“最大兼容”后重新保存。</translation>
  </message>
  <message>
   <source>It is a .{extension} file, a format Sightline does not read yet.</source>
   <translation>这是 .{extension} 文件，Sightline 还不能读取这种格式。</translation>
  </message>
  <message>
   <source>It is a Photoshop file of a variety that Sightline does not read.</source>
   <translation>这是 Sightline 不能读取的一种 Photoshop 文件。</translation>
  </message>
  <message>
   <source>It is a ZIP archive that holds no document Sightline reads.</source>
   <translation>这是 ZIP 压缩包，其中没有 Sightline 能读取的文档。</translation>
  </message>
  <message>
   <source>It is a document of Apple's iWork without a preview; Sightline cannot read its text.</source>
   <translation>这是没有预览的 Apple iWork 文档；Sightline 无法读取其文字。</translation>
  </message>
  <message>
   <source>It is a document of a kind that Sightline reads only where LibreOffice is installed.</source>
   <translation>只有安装了 LibreOffice，Sightline 才能读取这种文档。</translation>
  </message>
  <message>
   <source>It is a sound file; Sightline searches what can be seen or read.</source>
   <translation>这是声音文件；Sightline 只搜索能看或能读的内容。</translation>
  </message>
  <message>
   <source>It is an Office document of before 2007; Sightline reads it where LibreOffice is installed, or once it is saved in the newer form.</source>
   <translation>这是 2007 年以前的 Office 文档；安装 LibreOffice 或另存为新格式后，Sightline 就能读取。</translation>
  </message>
  <message>
   <source>It is damaged, or encoded in a way that cannot be decoded here.</source>
   <translation>文件已损坏，或其编码方式在这里无法解码。</translation>
  </message>
  <message>
   <source>It is damaged, or no film that can be recognised.</source>
   <translation>文件已损坏，或不是可识别的视频。</translation>
  </message>
  <message>
   <source>It is damaged, or of a variety that Sightline cannot read.</source>
   <translation>文件已损坏，或是 Sightline 无法读取的一种。</translation>
  </message>
  <message>
   <source>It is damaged: a part of the film cannot be decoded.</source>
   <translation>文件已损坏：视频的一部分无法解码。</translation>
  </message>
  <message>
   <source>It is damaged: its content cannot be read.</source>
   <translation>文件已损坏：无法读取内容。</translation>
  </message>
  <message>
   <source>It is damaged: its page {number} cannot be shown.</source>
   <translation>文件已损坏：无法显示第 {number} 页。</translation>
  </message>
  <message>
   <source>It is damaged: its pictures are in no order of time.</source>
   <translation>文件已损坏：画面没有时间顺序。</translation>
  </message>
  <message>
   <source>It is damaged: no page of it can be found.</source>
   <translation>文件已损坏：找不到任何页面。</translation>
  </message>
  <message>
   <source>It is damaged: no picture of the film can be decoded.</source>
   <translation>文件已损坏：视频的画面都无法解码。</translation>
  </message>
  <message>
   <source>It is damaged: none of its pages can be shown.</source>
   <translation>文件已损坏：所有页面都无法显示。</translation>
  </message>
  <message>
   <source>It is damaged: nothing of the picture is left.</source>
   <translation>文件已损坏：图片内容已不存在。</translation>
  </message>
  <message>
   <source>It is damaged: the camera's raw data cannot be read.</source>
   <translation>文件已损坏：无法读取相机的原始数据。</translation>
  </message>
  <message>
   <source>It is damaged: the drawing cannot be read.</source>
   <translation>文件已损坏：无法读取绘图。</translation>
  </message>
  <message>
   <source>It is damaged: the picture at this moment cannot be shown.</source>
   <translation>文件已损坏：无法显示此刻的画面。</translation>
  </message>
  <message>
   <source>It is damaged: there is no film in it.</source>
   <translation>文件已损坏：其中没有视频。</translation>
  </message>
  <message>
   <source>It is empty.</source>
   <translation>文件为空。</translation>
  </message>
  <message>
   <source>It is in a format that Sightline does not read yet.</source>
   <translation>Sightline 还不能读取这种格式。</translation>
  </message>
  <message>
   <source>It is kept in the cloud and not on this computer; opening it would download it.</source>
   <translation>它只存于云端，不在这台电脑上；打开就会下载。</translation>
  </message>
  <message>
   <source>It is larger than {1} MB, too much for a drawing; it was not read.</source>
   <translation>它大于 {1} MB，对绘图来说太大；未读取。</translation>
  </message>
  <message>
   <source>It is named .{extension}, but it is {other}.</source>
   <translation>扩展名是 .{extension}，但它其实是{other}。</translation>
  </message>
  <message>
   <source>It is no film.</source>
   <translation>这不是视频。</translation>
  </message>
  <message>
   <source>It is no longer there.</source>
   <translation>文件已不存在。</translation>
  </message>
  <message>
   <source>It is no mail: there is no header in it.</source>
   <translation>这不是邮件：没有邮件头。</translation>
  </message>
  <message>
   <source>It is no picture that can be recognised: damaged, or of an unknown kind.</source>
   <translation>无法识别为图片：已损坏，或种类未知。</translation>
  </message>
  <message>
   <source>It is no picture.</source>
   <translation>这不是图片。</translation>
  </message>
  <message>
   <source>It is not a regular file.</source>
   <translation>这不是普通文件。</translation>
  </message>
  <message>
   <source>It is on a disk or server that does not answer</source>
   <translation>此文件夹所在的磁盘或服务器没有响应</translation>
  </message>
  <message>
   <source>It is on a drive that may be pulled out at any time</source>
   <translation>此文件夹在随时可能拔出的驱动器上</translation>
  </message>
  <message>
   <source>It is on another computer, which does not say what changes</source>
   <translation>此文件夹在另一台电脑上</translation>
  </message>
  <message>
   <source>It is only {width} × {height} pixels: an icon rather than a picture.</source>
   <translation>只有 {width} × {height} 像素：更像图标而不是图片。</translation>
  </message>
  <message>
   <source>It is protected against copying; only the reader it was bought for can open it.</source>
   <translation>它有防复制保护；只有购买时所用的阅读器能打开。</translation>
  </message>
  <message>
   <source>It is protected by a password.</source>
   <translation>文件受密码保护。</translation>
  </message>
  <message>
   <source>It is too large for LibreOffice to draw its pages.</source>
   <translation>文件太大，LibreOffice 无法绘制页面。</translation>
  </message>
  <message>
   <source>It is {other}, which Sightline does not read.</source>
   <translation>这是{other}，Sightline 不读取。</translation>
  </message>
  <message>
   <source>It is {width} × {height} pixels: too long and thin to be understood.</source>
   <translation>尺寸为 {width} × {height} 像素：过于狭长，无法理解。</translation>
  </message>
  <message>
   <source>It kept the decoder busy for {n} seconds without result.</source>
   <translation>解码器处理了 {n} 秒仍无结果。</translation>
  </message>
  <message>
   <source>It needs more memory than Sightline allows for one file ({n} GB).</source>
   <translation>它所需内存超过 Sightline 允许单个文件使用的量（{n} GB）。</translation>
  </message>
  <message>
   <source>It needs more memory than Sightline allows for one file.</source>
   <translation>它所需内存超过 Sightline 允许单个文件使用的量。</translation>
  </message>
  <message>
   <source>It then keeps its index up to date, and its icon beside the clock opens it at once. You can change this in the settings.</source>
   <translation>这样索引会保持最新，点击时钟旁的图标即可打开。您可以在设置中更改。</translation>
  </message>
  <message>
   <source>It unpacks to more than any document holds; it was not read.</source>
   <translation>它解压后超过任何文档的大小；未读取。</translation>
  </message>
  <message>
   <source>Its end is missing or damaged: it is indexed up to {minutes}:{seconds}.</source>
   <translation>结尾缺失或损坏：已索引到 {minutes}:{seconds}。</translation>
  </message>
  <message>
   <source>Its name has the words you typed</source>
   <translation>文件名包含您输入的文字</translation>
  </message>
  <message>
   <source>Its name is too long for this system.</source>
   <translation>文件名对此系统来说太长。</translation>
  </message>
  <message>
   <source>Its page {number} cannot be shown.</source>
   <translation>无法显示第 {number} 页。</translation>
  </message>
  <message>
   <source>Its pages {numbers} cannot be shown.</source>
   <translation>无法显示第 {numbers} 页。</translation>
  </message>
  <message>
   <source>Its path is too long for Windows as it is set: allow long paths there (LongPathsEnabled), or shorten the names of the folders around it.</source>
   <translation>按 Windows 目前的设置，它的路径太长：请在 Windows 中允许长路径（LongPathsEnabled），或缩短其所在文件夹的名称。</translation>
  </message>
  <message>
   <source>Its text has the words you typed</source>
   <translation>内容包含您输入的文字</translation>
  </message>
  <message>
   <source>Its text is on the clipboard.</source>
   <translation>文字已复制到剪贴板。</translation>
  </message>
  <message>
   <source>Keep Sightline running in the background?</source>
   <translation>让 Sightline 在后台继续运行吗？</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Keep running</source>
   <translation>继续运行</translation>
  </message>
  <message>
   <source>Keys in the window</source>
   <translation>窗口快捷键</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>类型</translation>
  </message>
  <message>
   <source>Known are {1}.</source>
   <translation>已知的有 {1}。</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>Large view</source>
   <translation>大图查看</translation>
  </message>
  <message>
   <source>Larger (+)</source>
   <translation>放大 (+)</translation>
  </message>
  <message>
   <source>Largest files</source>
   <translation>最大的文件</translation>
  </message>
  <message>
   <source>Largest first</source>
   <translation>最大优先</translation>
  </message>
  <message>
   <source>Last month</source>
   <translation>上个月</translation>
  </message>
  <message>
   <source>Last week</source>
   <translation>上周</translation>
  </message>
  <message>
   <source>Last year</source>
   <translation>去年</translation>
  </message>
  <message>
   <source>Leave out files smaller than</source>
   <translation>排除小于此大小的文件</translation>
  </message>
  <message>
   <source>Leave out of the index</source>
   <translation>从索引中排除</translation>
  </message>
  <message>
   <source>Leave out pictures with a side shorter than</source>
   <translation>排除边长小于此值的图片</translation>
  </message>
  <message>
   <source>Left out ({n})</source>
   <translation>已略过（{n}）</translation>
  </message>
  <message>
   <source>Left out one by one:</source>
   <translation>逐个排除的：</translation>
  </message>
  <message>
   <source>Left out, one pattern a line</source>
   <translation>排除规则，每行一个</translation>
  </message>
  <message>
   <source>Left out, one pattern a line, as in a .gitignore file:</source>
   <translation>排除规则，每行一个，写法同 .gitignore 文件：</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>时长</translation>
  </message>
  <message>
   <source>Length of video</source>
   <translation>视频时长</translation>
  </message>
  <message>
   <source>Lens</source>
   <translation>镜头</translation>
  </message>
  <message>
   <source>Less leaves room for larger models. Every file has to be looked at again for it.</source>
   <translation>占用更少可为更大的模型留出空间，但所有文件都需要重新查看。</translation>
  </message>
  <message>
   <source>Less like this</source>
   <translation>少一些这样的</translation>
  </message>
  <message>
   <source>Less like: {name}</source>
   <translation>少一些像：{name}</translation>
  </message>
  <message>
   <source>Less than {size}</source>
   <translation>小于 {size}</translation>
  </message>
  <message>
   <source>LibreOffice could not draw its pages.</source>
   <translation>LibreOffice 无法绘制其页面。</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>浅色</translation>
  </message>
  <message>
   <source>Like the desktop</source>
   <translation>跟随系统</translation>
  </message>
  <message>
   <source>Like: {name}</source>
   <translation>像：{name}</translation>
  </message>
  <message>
   <source>List</source>
   <translation>列表</translation>
  </message>
  <message>
   <source>List again</source>
   <translation>重新列出</translation>
  </message>
  <message>
   <source>Loading the models…</source>
   <translation>正在加载模型…</translation>
  </message>
  <message>
   <source>Logs</source>
   <translation>日志</translation>
  </message>
  <message>
   <source>Look at it large</source>
   <translation>放大查看</translation>
  </message>
  <message>
   <source>Look at parts of large pictures</source>
   <translation>查看大图片的局部</translation>
  </message>
  <message>
   <source>Look into hidden files and folders</source>
   <translation>包括隐藏的文件和文件夹</translation>
  </message>
  <message>
   <source>Look into what tools for developers make</source>
   <translation>包括开发工具生成的文件</translation>
  </message>
  <message>
   <source>Looking through your folders</source>
   <translation>正在查看您的文件夹</translation>
  </message>
  <message>
   <source>Looking through your folders…</source>
   <translation>正在查看您的文件夹…</translation>
  </message>
  <message>
   <source>Looking what that changes…</source>
   <translation>正在查看会有什么变化…</translation>
  </message>
  <message>
   <source>Looks at the best results again, side by side with the query, and puts them in better order.</source>
   <translation>对照搜索内容再看一遍最好的结果，排出更好的顺序。</translation>
  </message>
  <message>
   <source>Make the files in these {n} folders searchable?</source>
   <translation>使这 {n} 个文件夹中的文件可搜索？</translation>
  </message>
  <message>
   <source>Make the files in “{name}” searchable?</source>
   <translation>使“{name}”中的文件可搜索？</translation>
  </message>
  <message>
   <source>Making the contact sheet…</source>
   <translation>正在生成缩略图总览…</translation>
  </message>
  <message>
   <source>Matching moments: {times}</source>
   <translation>匹配的时刻：{times}</translation>
  </message>
  <message>
   <source>Measuring this computer…</source>
   <translation>正在检测这台电脑…</translation>
  </message>
  <message>
   <source>Memory for the models</source>
   <translation>模型占用的内存</translation>
  </message>
  <message>
   <source>Menu</source>
   <translation>菜单</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>More</source>
   <translation>更多</translation>
  </message>
  <message>
   <source>More filters</source>
   <translation>更多筛选</translation>
  </message>
  <message>
   <source>More like this</source>
   <translation>多一些这样的</translation>
  </message>
  <message>
   <source>More than this computer has: it may be very slow, or fail.</source>
   <translation>超过这台电脑的内存：可能非常慢，或者失败。</translation>
  </message>
  <message>
   <source>More than {size}</source>
   <translation>大于 {size}</translation>
  </message>
  <message>
   <source>More to do with it</source>
   <translation>更多操作</translation>
  </message>
  <message>
   <source>NVIDIA graphics card</source>
   <translation>NVIDIA 显卡</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Names can be searched from now on. To find files by what they show, Sightline needs a model that runs on this computer. It is fetched once; your files stay here.</source>
   <translation>现在就可以搜索文件名。要按内容查找，Sightline 需要一个在这台电脑上运行的模型。只需下载一次；您的文件始终留在这里。</translation>
  </message>
  <message>
   <source>Names, the text of documents and words in pictures are found. What pictures show is found once you choose a model in the settings.</source>
   <translation>可以找到文件名、文档中的文字和图片中的文字。在设置中选择模型之后，即可找到图片的内容。</translation>
  </message>
  <message>
   <source>Never</source>
   <translation>从不</translation>
  </message>
  <message>
   <source>Newer list available</source>
   <translation>有更新的列表</translation>
  </message>
  <message>
   <source>Newest files</source>
   <translation>最新的文件</translation>
  </message>
  <message>
   <source>Newest first</source>
   <translation>最新优先</translation>
  </message>
  <message>
   <source>Next page</source>
   <translation>下一页</translation>
  </message>
  <message>
   <source>No CUDA graphics card can be used here; choose --device auto, or install a PyTorch built for CUDA and the card's driver.</source>
   <translation>这里没有可用的 CUDA 显卡；请选择 --device auto，或安装支持 CUDA 的 PyTorch 和显卡驱动。</translation>
  </message>
  <message>
   <source>No files yet</source>
   <translation>还没有文件</translation>
  </message>
  <message>
   <source>No folder in the index is called “{1}”.</source>
   <translation>索引中没有名为“{1}”的文件夹。</translation>
  </message>
  <message>
   <source>No folders are chosen</source>
   <translation>尚未选择文件夹</translation>
  </message>
  <message>
   <source>No folders yet.</source>
   <translation>还没有文件夹。</translation>
  </message>
  <message>
   <source>No keys</source>
   <translation>无按键</translation>
  </message>
  <message>
   <source>No pictures, videos or documents were found in your folders.</source>
   <translation>您的文件夹中没有找到图片、视频或文档。</translation>
  </message>
  <message>
   <source>No text was found in it.</source>
   <translation>其中没有找到文字。</translation>
  </message>
  <message>
   <source>None for now: search names and words</source>
   <translation>暂不使用：搜索名称和文字</translation>
  </message>
  <message>
   <source>None. Sightline has never opened a connection to another computer.</source>
   <translation>没有。Sightline 从未连接过其他电脑。</translation>
  </message>
  <message>
   <source>Nothing here matches that.</source>
   <translation>没有匹配的内容。</translation>
  </message>
  <message>
   <source>Nothing here matches the picture with “{text}”</source>
   <translation>没有与图片和“{text}”匹配的内容</translation>
  </message>
  <message>
   <source>Nothing here matches this picture</source>
   <translation>没有与此图片匹配的内容</translation>
  </message>
  <message>
   <source>Nothing here matches “{text}”</source>
   <translation>没有与“{text}”匹配的内容</translation>
  </message>
  <message>
   <source>Nothing in it could be read.</source>
   <translation>其中没有可读取的内容。</translation>
  </message>
  <message>
   <source>Nothing is indexed yet in this data directory: start with `sightline index FOLDER`.</source>
   <translation>此数据目录中还没有索引：请先运行 `sightline index 文件夹`。</translation>
  </message>
  <message>
   <source>Nothing is known about this</source>
   <translation>对此一无所知</translation>
  </message>
  <message>
   <source>Nothing of this kind yet</source>
   <translation>还没有这类文件</translation>
  </message>
  <message>
   <source>Oldest files</source>
   <translation>最旧的文件</translation>
  </message>
  <message>
   <source>Oldest first</source>
   <translation>最旧优先</translation>
  </message>
  <message>
   <source>On this computer</source>
   <translation>已在这台电脑上</translation>
  </message>
  <message>
   <source>One connection was made, for what you asked for:</source>
   <translation>为满足您的请求，建立过 1 次连接：</translation>
  </message>
  <message>
   <source>One file is still waiting to be understood. It may turn up in a moment.</source>
   <translation>还有 1 个文件等待理解，也许马上就会出现。</translation>
  </message>
  <message>
   <source>One input needs more memory than this computer has left; close other programs or choose a smaller model.</source>
   <translation>一项输入所需内存超过这台电脑的剩余内存；请关闭其他程序，或选择较小的模型。</translation>
  </message>
  <message>
   <source>One input needs more memory than this {name} device has left; choose a smaller model or --device cpu.</source>
   <translation>一项输入所需内存超过此设备（{name}）的剩余内存；请选择较小的模型或 --device cpu。</translation>
  </message>
  <message>
   <source>Only documents</source>
   <translation>仅文档</translation>
  </message>
  <message>
   <source>Only its first {max_hours} hours are indexed.</source>
   <translation>只索引了前 {max_hours} 小时。</translation>
  </message>
  <message>
   <source>Only its first {max_pages} pages are indexed.</source>
   <translation>只索引了前 {max_pages} 页。</translation>
  </message>
  <message>
   <source>Only photos</source>
   <translation>仅照片</translation>
  </message>
  <message>
   <source>Only screenshots</source>
   <translation>仅屏幕截图</translation>
  </message>
  <message>
   <source>Only the best {depth} matches are in this order; the others follow behind them.</source>
   <translation>只有最佳的 {depth} 个匹配按此顺序排列；其余的排在后面。</translation>
  </message>
  <message>
   <source>Only the first {1} MB of a message are read.</source>
   <translation>每封邮件只读取前 {1} MB。</translation>
  </message>
  <message>
   <source>Only the first {1} MB of a sheet are read.</source>
   <translation>每张工作表只读取前 {1} MB。</translation>
  </message>
  <message>
   <source>Only the first {1} MB of it are indexed.</source>
   <translation>只索引了前 {1} MB。</translation>
  </message>
  <message>
   <source>Only the first {1} MB of the page are indexed.</source>
   <translation>只索引了网页的前 {1} MB。</translation>
  </message>
  <message>
   <source>Only the first {1} MB of the text are indexed.</source>
   <translation>只索引了文字的前 {1} MB。</translation>
  </message>
  <message>
   <source>Only the first {1} million characters of it are indexed.</source>
   <translation>只索引了前 {1} 百万个字符。</translation>
  </message>
  <message>
   <source>Only the first {max_pages} of its {pages} pages are indexed.</source>
   <translation>共 {pages} 页，只索引了前 {max_pages} 页。</translation>
  </message>
  <message>
   <source>Only the first {n} became examples.</source>
   <translation>只有前 {n} 个成为示例。</translation>
  </message>
  <message>
   <source>Only the first {n} characters are searched for.</source>
   <translation>只搜索前 {n} 个字符。</translation>
  </message>
  <message>
   <source>Only the picture of its first page is indexed; its text is in a form that is not published.</source>
   <translation>只索引了第一页的图片；其文字所用的格式未公开。</translation>
  </message>
  <message>
   <source>Only the {n} files that were loaded so far are chosen. Scroll on to load more.</source>
   <translation>仅选择了目前已加载的 {n} 个文件。继续滚动可加载更多。</translation>
  </message>
  <message>
   <source>Only this was searched: {kinds}.</source>
   <translation>只搜索了：{kinds}。</translation>
  </message>
  <message>
   <source>Only videos</source>
   <translation>仅视频</translation>
  </message>
  <message>
   <source>Only words were looked for, as the settings say: what pictures show is found once a model is chosen there.</source>
   <translation>按照设置，只查找了文字：在设置中选择模型之后，即可找到图片的内容。</translation>
  </message>
  <message>
   <source>Only {n} of the {m} folders were opened.</source>
   <translation>只打开了 {m} 个文件夹中的 {n} 个。</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>打开</translation>
  </message>
  <message>
   <source>Open Sightline</source>
   <translation>打开 Sightline</translation>
  </message>
  <message>
   <source>Open with…</source>
   <translation>打开方式…</translation>
  </message>
  <message>
   <source>Open {name} with which program?</source>
   <translation>用哪个程序打开 {name}？</translation>
  </message>
  <message>
   <source>Order before the second look</source>
   <translation>复查前的顺序</translation>
  </message>
  <message>
   <source>Order of the results</source>
   <translation>结果排序</translation>
  </message>
  <message>
   <source>Order of the results: {order}</source>
   <translation>结果排序：{order}</translation>
  </message>
  <message>
   <source>Other</source>
   <translation>其他</translation>
  </message>
  <message>
   <source>Other programs need nearly all memory; indexing goes on when some is free again.</source>
   <translation>其他程序几乎用尽内存；内存空出后将继续索引。</translation>
  </message>
  <message>
   <source>Others</source>
   <translation>其他</translation>
  </message>
  <message>
   <source>Otherwise games, films and talks have the computer to themselves.</source>
   <translation>否则，游戏、电影和演示将独占电脑。</translation>
  </message>
  <message>
   <source>Otherwise new files wait until the computer is plugged in. Searching always works.</source>
   <translation>否则，新文件会等到接通电源再处理。搜索始终可用。</translation>
  </message>
  <message>
   <source>Otherwise words are found where they are written. Pictures always find pictures.</source>
   <translation>关闭后，只查找写有这些词的地方。用图片始终可以找到图片。</translation>
  </message>
  <message>
   <source>Over 10 minutes</source>
   <translation>超过 10 分钟</translation>
  </message>
  <message>
   <source>Over a minute</source>
   <translation>超过 1 分钟</translation>
  </message>
  <message>
   <source>Over an hour</source>
   <translation>超过 1 小时</translation>
  </message>
  <message>
   <source>Page before</source>
   <translation>上一页</translation>
  </message>
  <message>
   <source>Page {n}</source>
   <translation>第 {n} 页</translation>
  </message>
  <message>
   <source>Page {n} of {m}</source>
   <translation>第 {n} 页，共 {m} 页</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>页数</translation>
  </message>
  <message>
   <source>Pages that match</source>
   <translation>匹配的页面</translation>
  </message>
  <message>
   <source>Part of the screen</source>
   <translation>屏幕的一部分</translation>
  </message>
  <message>
   <source>Part of {name}</source>
   <translation>{name} 的一部分</translation>
  </message>
  <message>
   <source>Paste into the search</source>
   <translation>粘贴到搜索框</translation>
  </message>
  <message>
   <source>Pasted picture</source>
   <translation>粘贴的图片</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>暂停</translation>
  </message>
  <message>
   <source>Pause for an hour</source>
   <translation>暂停一小时</translation>
  </message>
  <message>
   <source>Pause indexing</source>
   <translation>暂停索引</translation>
  </message>
  <message>
   <source>Pause {name}</source>
   <translation>暂停 {name}</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>已暂停</translation>
  </message>
  <message>
   <source>Paused until {time}.</source>
   <translation>暂停至 {time}。</translation>
  </message>
  <message>
   <source>Performance</source>
   <translation>性能</translation>
  </message>
  <message>
   <source>Photo</source>
   <translation>照片</translation>
  </message>
  <message>
   <source>Photos</source>
   <translation>照片</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>图片</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>图片</translation>
  </message>
  <message>
   <source>Place</source>
   <translation>地点</translation>
  </message>
  <message>
   <source>Possible</source>
   <translation>可能</translation>
  </message>
  <message>
   <source>Possible match</source>
   <translation>可能匹配</translation>
  </message>
  <message>
   <source>Possible matches</source>
   <translation>可能匹配</translation>
  </message>
  <message>
   <source>Press keys</source>
   <translation>请按下按键</translation>
  </message>
  <message>
   <source>Previews</source>
   <translation>预览</translation>
  </message>
  <message>
   <source>Privacy</source>
   <translation>隐私</translation>
  </message>
  <message>
   <source>Problems</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Problems…</source>
   <translation>问题…</translation>
  </message>
  <message>
   <source>Processor</source>
   <translation>处理器</translation>
  </message>
  <message>
   <source>Programs are waiting for memory; indexing goes on when some is free again.</source>
   <translation>有程序在等待内存；内存空出后将继续索引。</translation>
  </message>
  <message>
   <source>Progress of {name}</source>
   <translation>{name} 的进度</translation>
  </message>
  <message>
   <source>Quickly</source>
   <translation>快速</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>退出</translation>
  </message>
  <message>
   <source>Rating</source>
   <translation>评分</translation>
  </message>
  <message>
   <source>Read the words in pictures</source>
   <translation>识别图片中的文字</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>最近</translation>
  </message>
  <message>
   <source>Recommended for this computer.</source>
   <translation>推荐用于这台电脑。</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Remove it</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Remove this folder?</source>
   <translation>移除此文件夹？</translation>
  </message>
  <message>
   <source>Remove {name}</source>
   <translation>移除 {name}</translation>
  </message>
  <message>
   <source>Remove “{name}” from Sightline?</source>
   <translation>从 Sightline 中移除“{name}”？</translation>
  </message>
  <message>
   <source>Removing a folder makes Sightline forget it. The files themselves stay as they are.</source>
   <translation>移除文件夹后，Sightline 会忘记它。文件本身保持不变。</translation>
  </message>
  <message>
   <source>Replace</source>
   <translation>替换</translation>
  </message>
  <message>
   <source>Reset all keys</source>
   <translation>全部重置</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>Resume indexing</source>
   <translation>继续索引</translation>
  </message>
  <message>
   <source>Resume {name}</source>
   <translation>继续 {name}</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Save the contact sheet</source>
   <translation>保存缩略图总览</translation>
  </message>
  <message>
   <source>Save this search</source>
   <translation>保存此搜索</translation>
  </message>
  <message>
   <source>Save this search…</source>
   <translation>保存此搜索…</translation>
  </message>
  <message>
   <source>Saved</source>
   <translation>已保存</translation>
  </message>
  <message>
   <source>Saved · {n} new</source>
   <translation>已保存 · {n} 个新文件</translation>
  </message>
  <message>
   <source>Screenshot</source>
   <translation>屏幕截图</translation>
  </message>
  <message>
   <source>Screenshots</source>
   <translation>屏幕截图</translation>
  </message>
  <message>
   <source>Screenshots, scans and photos of signs, when there is nothing else to do.</source>
   <translation>空闲时识别屏幕截图、扫描件和标牌照片中的文字。</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>搜索</translation>
  </message>
  <message>
   <source>Search by a part of the screen</source>
   <translation>用屏幕的一部分搜索</translation>
  </message>
  <message>
   <source>Search by a part of the screen from every program</source>
   <translation>在任何程序中用屏幕的一部分搜索</translation>
  </message>
  <message>
   <source>Search by a part of the screen…</source>
   <translation>用屏幕的一部分搜索…</translation>
  </message>
  <message>
   <source>Search by a part: draw a box around it (B)</source>
   <translation>用局部搜索：框住它 (B)</translation>
  </message>
  <message>
   <source>Search by a picture…</source>
   <translation>用图片搜索…</translation>
  </message>
  <message>
   <source>Search by which picture?</source>
   <translation>用哪张图片搜索？</translation>
  </message>
  <message>
   <source>Search from every program</source>
   <translation>在任何程序中搜索</translation>
  </message>
  <message>
   <source>Search in which folder?</source>
   <translation>在哪个文件夹中搜索？</translation>
  </message>
  <message>
   <source>Search the settings</source>
   <translation>搜索设置</translation>
  </message>
  <message>
   <source>Search these days</source>
   <translation>搜索这些日期</translation>
  </message>
  <message>
   <source>Search with Sightline</source>
   <translation>用 Sightline 搜索</translation>
  </message>
  <message>
   <source>Search your pictures, videos and documents</source>
   <translation>搜索您的图片、视频和文档</translation>
  </message>
  <message>
   <source>Searching…</source>
   <translation>正在搜索…</translation>
  </message>
  <message>
   <source>Search…</source>
   <translation>搜索…</translation>
  </message>
  <message>
   <source>Sections</source>
   <translation>分类</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>设置…</translation>
  </message>
  <message>
   <source>Show all copies</source>
   <translation>显示所有副本</translation>
  </message>
  <message>
   <source>Show every kind</source>
   <translation>显示所有类型</translation>
  </message>
  <message>
   <source>Show in folder</source>
   <translation>在文件夹中显示</translation>
  </message>
  <message>
   <source>Show log</source>
   <translation>显示日志</translation>
  </message>
  <message>
   <source>Show weaker matches</source>
   <translation>显示较弱的匹配</translation>
  </message>
  <message>
   <source>Show weaker matches: 1 file</source>
   <translation>显示较弱的匹配：1 个文件</translation>
  </message>
  <message>
   <source>Show weaker matches: {n} files</source>
   <translation>显示较弱的匹配：{n} 个文件</translation>
  </message>
  <message>
   <source>Show what looks the same</source>
   <translation>显示看起来相同的</translation>
  </message>
  <message>
   <source>Show which files, and why</source>
   <translation>显示哪些文件及原因</translation>
  </message>
  <message>
   <source>Show {name} in its folder</source>
   <translation>在文件夹中显示 {name}</translation>
  </message>
  <message>
   <source>Sightline fetches nothing from the web. Save the picture first, and drop its file here.</source>
   <translation>Sightline 不会从网上获取任何内容。请先保存图片，再把文件拖到这里。</translation>
  </message>
  <message>
   <source>Sightline finds the fastest by itself.</source>
   <translation>Sightline 会自动选择最快的。</translation>
  </message>
  <message>
   <source>Sightline forgets the file in it.</source>
   <translation>Sightline 会忘记其中的文件。</translation>
  </message>
  <message>
   <source>Sightline forgets the {n} files in it.</source>
   <translation>Sightline 会忘记其中的 {n} 个文件。</translation>
  </message>
  <message>
   <source>Sightline has forgotten this file. It comes back when it changes.</source>
   <translation>Sightline 已忘记此文件。文件更改后会重新出现。</translation>
  </message>
  <message>
   <source>Sightline has forgotten {n} files. They come back when they change.</source>
   <translation>Sightline 已忘记 {n} 个文件。文件更改后会重新出现。</translation>
  </message>
  <message>
   <source>Sightline is already running on {parent} (process {2}). Close it first, or use another --data-dir.</source>
   <translation>Sightline 已在 {parent} 上运行（进程 {2}）。请先关闭它，或使用其他 --data-dir。</translation>
  </message>
  <message>
   <source>Sightline is closing.</source>
   <translation>Sightline 正在关闭。</translation>
  </message>
  <message>
   <source>Sightline is offline (--offline): {name} cannot be fetched now.</source>
   <translation>Sightline 处于离线状态（--offline）：现在无法下载 {name}。</translation>
  </message>
  <message>
   <source>Sightline is open already on {path} but does not answer. Close it first.</source>
   <translation>Sightline 已在 {path} 上打开，但没有响应。请先关闭它。</translation>
  </message>
  <message>
   <source>Sightline knows none of the file managers on this computer. Let yours start {command}, with the files after it.</source>
   <translation>Sightline 不认识这台电脑上的文件管理器。请让它运行 {command}，后面跟上文件。</translation>
  </message>
  <message>
   <source>Sightline looks through your pictures, videos and documents, so that you can find them by what they show. Everything stays on this computer, and your files are never changed.</source>
   <translation>Sightline 会查看您的图片、视频和文档，让您按内容找到它们。一切都留在这台电脑上，您的文件绝不会被更改。</translation>
  </message>
  <message>
   <source>Sightline only looks where you tell it to.</source>
   <translation>Sightline 只查看您指定的位置。</translation>
  </message>
  <message>
   <source>Sightline stopped each time it read this file; it may be damaged. Open it in another program to check, then try again.</source>
   <translation>每次读取此文件时 Sightline 都会停止；文件可能已损坏。请用其他程序打开检查，然后重试。</translation>
  </message>
  <message>
   <source>Sightline then keeps its index up to date without its window.</source>
   <translation>这样 Sightline 无需打开窗口也能保持索引最新。</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>大小</translation>
  </message>
  <message>
   <source>Size of the index</source>
   <translation>索引大小</translation>
  </message>
  <message>
   <source>Smaller (−)</source>
   <translation>缩小 (−)</translation>
  </message>
  <message>
   <source>Something else is at {path} now: connect “{volume_name}” again, or remove this folder from the list and add it anew.</source>
   <translation>{path} 现在是别的内容：请重新连接“{volume_name}”，或从列表中移除此文件夹后再次添加。</translation>
  </message>
  <message>
   <source>Something went wrong in the engine. The log says more.</source>
   <translation>引擎出错了。详情请看日志。</translation>
  </message>
  <message>
   <source>Something went wrong inside Sightline while reading it; the log has the details.</source>
   <translation>读取时 Sightline 内部出错；详情请看日志。</translation>
  </message>
  <message>
   <source>Something went wrong inside Sightline while searching; the log has the details.</source>
   <translation>搜索时 Sightline 内部出错；详情请看日志。</translation>
  </message>
  <message>
   <source>Something went wrong inside Sightline; the log has the details.</source>
   <translation>Sightline 内部出错；详情请看日志。</translation>
  </message>
  <message>
   <source>Something went wrong. The log says more.</source>
   <translation>出错了。详情请看日志。</translation>
  </message>
  <message>
   <source>Something went wrong; the log has the details.</source>
   <translation>出错了；详情请看日志。</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>开始</translation>
  </message>
  <message>
   <source>Start with the desktop</source>
   <translation>开机时启动</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>正在启动…</translation>
  </message>
  <message>
   <source>Stay offline</source>
   <translation>保持离线</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Stop and quit</source>
   <translation>停止并退出</translation>
  </message>
  <message>
   <source>Stop copying?</source>
   <translation>停止复制？</translation>
  </message>
  <message>
   <source>Stopped. What has arrived is kept.</source>
   <translation>已停止。已下载的部分会保留。</translation>
  </message>
  <message>
   <source>Strong</source>
   <translation>强</translation>
  </message>
  <message>
   <source>Strong match</source>
   <translation>强匹配</translation>
  </message>
  <message>
   <source>Strong matches</source>
   <translation>强匹配</translation>
  </message>
  <message>
   <source>Suggestions</source>
   <translation>建议</translation>
  </message>
  <message>
   <source>Tab opens the window</source>
   <translation>Tab 打开窗口</translation>
  </message>
  <message>
   <source>Take away “{filter}”</source>
   <translation>去掉“{filter}”</translation>
  </message>
  <message>
   <source>Take back</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Taken</source>
   <translation>拍摄时间</translation>
  </message>
  <message>
   <source>Tell me how many new files match</source>
   <translation>告诉我有多少新文件匹配</translation>
  </message>
  <message>
   <source>Text of the document</source>
   <translation>文档的文字</translation>
  </message>
  <message>
   <source>That changes nothing now.</source>
   <translation>目前没有任何变化。</translation>
  </message>
  <message>
   <source>That picture could not be taken over. Save it and drop the file here.</source>
   <translation>无法接收该图片。请先保存，再把文件拖到这里。</translation>
  </message>
  <message>
   <source>The best there is</source>
   <translation>最佳可用</translation>
  </message>
  <message>
   <source>The built-in demo models understand drawn scenes, not real photos.</source>
   <translation>内置演示模型只理解绘制的场景，不理解真实照片。</translation>
  </message>
  <message>
   <source>The built-in demo models understand drawn scenes, not real photos. Real ones are fetched once.</source>
   <translation>内置演示模型只理解绘制的场景，不理解真实照片。真正的模型只需下载一次。</translation>
  </message>
  <message>
   <source>The built-in model folder {folder} is missing; install Sightline again.</source>
   <translation>内置模型文件夹 {folder} 缺失；请重新安装 Sightline。</translation>
  </message>
  <message>
   <source>The connection broke off: trying again…</source>
   <translation>连接已中断：正在重试…</translation>
  </message>
  <message>
   <source>The contact sheet could not be written: {why} Choose another place.</source>
   <translation>无法写入缩略图总览：{why}请另选位置。</translation>
  </message>
  <message>
   <source>The contact sheet is in {file}.</source>
   <translation>缩略图总览位于 {file}。</translation>
  </message>
  <message>
   <source>The contact sheet was not made, because you stopped it.</source>
   <translation>您已停止，未生成缩略图总览。</translation>
  </message>
  <message>
   <source>The desktop did not let Sightline see the screen.</source>
   <translation>桌面不允许 Sightline 查看屏幕。</translation>
  </message>
  <message>
   <source>The disk has no room for it.</source>
   <translation>磁盘空间不足。</translation>
  </message>
  <message>
   <source>The disk is full: free some space on the disk that holds {parent}, so that indexing can go on. What is already indexed is kept.</source>
   <translation>磁盘已满：请在存放 {parent} 的磁盘上腾出空间，以便继续建立索引。已建立的索引会保留。</translation>
  </message>
  <message>
   <source>The disk is full: free some space, so that indexing can go on. What is already indexed is kept.</source>
   <translation>磁盘已满：请腾出空间，以便继续建立索引。已建立的索引会保留。</translation>
  </message>
  <message>
   <source>The disk of {checkpoints} is full; make room and try again: it goes on where it was.</source>
   <translation>{checkpoints} 所在的磁盘已满；请腾出空间，再次开始下载即可继续。</translation>
  </message>
  <message>
   <source>The disk or server that it is on does not answer now.</source>
   <translation>它所在的磁盘或服务器现在没有响应。</translation>
  </message>
  <message>
   <source>The disk that holds {parent} reports an error: check the disk and its connection, then try again.</source>
   <translation>{parent} 所在的磁盘报告错误：请检查磁盘及其连接，然后重试。</translation>
  </message>
  <message>
   <source>The disk with {name} does not answer. Try again when it is connected.</source>
   <translation>存放 {name} 的磁盘没有响应。请在它连接后重试。</translation>
  </message>
  <message>
   <source>The download was stopped; what has arrived is kept.</source>
   <translation>下载已停止；已下载的部分会保留。</translation>
  </message>
  <message>
   <source>The engine could not be started. Please install Sightline again.</source>
   <translation>引擎无法启动。请重新安装 Sightline。</translation>
  </message>
  <message>
   <source>The engine is not running</source>
   <translation>引擎未运行</translation>
  </message>
  <message>
   <source>The engine keeps stopping. Your files and what was found are safe.</source>
   <translation>引擎反复停止。您的文件和已有结果都是安全的。</translation>
  </message>
  <message>
   <source>The engine refused to start. The log says why.</source>
   <translation>引擎拒绝启动。原因请看日志。</translation>
  </message>
  <message>
   <source>The engine stopped and is being started again…</source>
   <translation>引擎已停止，正在重新启动…</translation>
  </message>
  <message>
   <source>The engine stopped before it could answer. Please try again.</source>
   <translation>引擎在回答前停止了。请重试。</translation>
  </message>
  <message>
   <source>The engine was started anew. Please try again.</source>
   <translation>引擎已重新启动。请重试。</translation>
  </message>
  <message>
   <source>The file is damaged; what could be read of it is indexed.</source>
   <translation>文件已损坏；能读取的部分已索引。</translation>
  </message>
  <message>
   <source>The files cannot be shown</source>
   <translation>无法显示文件</translation>
  </message>
  <message>
   <source>The film could not be kept: {strerror}. Make some room on the disk.</source>
   <translation>无法保存视频：{strerror}。请在磁盘上腾出空间。</translation>
  </message>
  <message>
   <source>The first files appear here in a moment. You can already search for names.</source>
   <translation>第一批文件马上就会出现。现在已经可以搜索文件名。</translation>
  </message>
  <message>
   <source>The folder {folder} cannot be read: {strerror}. Allow reading it.</source>
   <translation>无法读取文件夹 {folder}：{strerror}。请允许读取。</translation>
  </message>
  <message>
   <source>The folder {folder} does not answer: see whether its disk or server can be reached.</source>
   <translation>文件夹 {folder} 没有响应：请检查能否访问它所在的磁盘或服务器。</translation>
  </message>
  <message>
   <source>The folder {path} is not there; it is looked for every {n} seconds.</source>
   <translation>文件夹 {path} 不在那里；每 {n} 秒查看一次。</translation>
  </message>
  <message>
   <source>The folder {root} cannot be read ({2}).</source>
   <translation>无法读取文件夹 {root}（{2}）。</translation>
  </message>
  <message>
   <source>The folder {root} cannot be read. Allow this user to open it.</source>
   <translation>无法读取文件夹 {root}。请允许当前用户打开它。</translation>
  </message>
  <message>
   <source>The folder {root} does not exist. Check its name, or connect the drive it is on.</source>
   <translation>文件夹 {root} 不存在。请检查名称，或连接它所在的驱动器。</translation>
  </message>
  <message>
   <source>The folders, how far each is, and what could not be read.</source>
   <translation>文件夹、各自的进度以及无法读取的内容。</translation>
  </message>
  <message>
   <source>The frames of a clip must all have the same size.</source>
   <translation>一个片段的所有画面必须大小相同。</translation>
  </message>
  <message>
   <source>The index cannot be written ({1}): check the data directory, so that indexing can go on.</source>
   <translation>无法写入索引（{1}）：请检查数据目录，以便继续建立索引。</translation>
  </message>
  <message>
   <source>The index has just changed to another embedder: ask again.</source>
   <translation>索引刚刚换用了另一个嵌入模型：请再搜一次。</translation>
  </message>
  <message>
   <source>The index {path} cannot be opened for writing: check that the folder exists and that you may write there, or choose another folder with --data-dir.</source>
   <translation>无法打开索引 {path} 进行写入：请检查文件夹是否存在、您是否可以写入，或用 --data-dir 选择其他文件夹。</translation>
  </message>
  <message>
   <source>The index {path} is damaged or no Sightline index: mend it with `sightline check --repair`, or move it away and index your folders again; your own files are untouched.</source>
   <translation>索引 {path} 已损坏或不是 Sightline 索引：请用 `sightline check --repair` 修复，或将其移走后重新索引您的文件夹；您自己的文件不受影响。</translation>
  </message>
  <message>
   <source>The index, previews, settings, logs and downloaded models are deleted, and Sightline ends. Your own files stay as they are. This cannot be undone.</source>
   <translation>索引、预览、设置、日志和已下载的模型都会被删除，Sightline 随即退出。您自己的文件保持不变。此操作无法撤销。</translation>
  </message>
  <message>
   <source>The libraries for the models are incomplete ({error}); install Sightline again.</source>
   <translation>模型所需的库不完整（{error}）；请重新安装 Sightline。</translation>
  </message>
  <message>
   <source>The list of programs that start with the desktop cannot be changed: {reason}.</source>
   <translation>无法更改开机启动列表：{reason}。</translation>
  </message>
  <message>
   <source>The menu of the file manager cannot be changed: {reason}.</source>
   <translation>无法更改文件管理器的菜单：{reason}。</translation>
  </message>
  <message>
   <source>The model could not read it ({name}).</source>
   <translation>模型无法读取它（{name}）。</translation>
  </message>
  <message>
   <source>The model folder {folder} is empty; copy all files of the model there.</source>
   <translation>模型文件夹 {folder} 为空；请把模型的所有文件复制到那里。</translation>
  </message>
  <message>
   <source>The model in {folder} has been replaced; start Sightline again.</source>
   <translation>{folder} 中的模型已被替换；请重新启动 Sightline。</translation>
  </message>
  <message>
   <source>The model {name} could not be loaded ({name2}); choose another one with `sightline models use`, or see the log.</source>
   <translation>无法加载模型 {name}（{name2}）；请在设置中选择其他模型，或查看日志。</translation>
  </message>
  <message>
   <source>The model's numbers overflow for this input on this {device} device; choose --device cpu.</source>
   <translation>在此设备（{device}）上，模型对这项输入的数值溢出；请选择 --device cpu。</translation>
  </message>
  <message>
   <source>The model's numbers overflow for this input on this {device} device; if it happens with others too, fetch the model again.</source>
   <translation>在此设备（{device}）上，模型对这项输入的数值溢出；如果其他输入也这样，请重新下载模型。</translation>
  </message>
  <message>
   <source>The most accurate embedder; about four times slower and for cards with 24 GB.</source>
   <translation>最准确的嵌入模型；约慢四倍，适合 24 GB 显卡。</translation>
  </message>
  <message>
   <source>The most accurate reranker; about four times slower and for cards with 24 GB.</source>
   <translation>最准确的重排模型；约慢四倍，适合 24 GB 显卡。</translation>
  </message>
  <message>
   <source>The pattern {line} makes no sense: write it as in a .gitignore, such as *.tmp or /Old/.</source>
   <translation>规则 {line} 无法理解：请按 .gitignore 的写法，例如 *.tmp 或 /Old/。</translation>
  </message>
  <message>
   <source>The picture could not be kept: {strerror}. Make some room on the disk.</source>
   <translation>无法保存图片：{strerror}。请在磁盘上腾出空间。</translation>
  </message>
  <message>
   <source>The picture is on the clipboard.</source>
   <translation>图片已复制到剪贴板。</translation>
  </message>
  <message>
   <source>The pictures and the instruction alone need more than {most} tokens; give fewer.</source>
   <translation>仅图片和指令就需要超过 {most} 个 token；请减少。</translation>
  </message>
  <message>
   <source>The processor in float32, as asked for.</source>
   <translation>按要求使用处理器，float32 精度。</translation>
  </message>
  <message>
   <source>The processor in float32, because no graphics card that PyTorch can use was found.</source>
   <translation>使用处理器，float32 精度，因为未找到 PyTorch 可用的显卡。</translation>
  </message>
  <message>
   <source>The processor is hot; indexing goes on when it has cooled down.</source>
   <translation>处理器过热；降温后将继续索引。</translation>
  </message>
  <message>
   <source>The processor, because no graphics card that PyTorch can use was found, in bfloat16, which is faster here than float32.</source>
   <translation>使用处理器，因为未找到 PyTorch 可用的显卡；采用 bfloat16，在这里比 float32 快。</translation>
  </message>
  <message>
   <source>The program that reads files cannot be started ({1}): close other programs, and it is tried again.</source>
   <translation>无法启动读取文件的程序（{1}）：请关闭其他程序，之后会再次尝试。</translation>
  </message>
  <message>
   <source>The screen cannot be seen from here.</source>
   <translation>从这里无法查看屏幕。</translation>
  </message>
  <message>
   <source>The search is not running</source>
   <translation>搜索未运行</translation>
  </message>
  <message>
   <source>The system ended the program that was reading it, as it does when memory runs short. Try again when more of it is free.</source>
   <translation>系统结束了正在读取它的程序，内存不足时会这样。请在有更多空闲内存时重试。</translation>
  </message>
  <message>
   <source>The tokenizer knows no {token}: choose a Qwen3-VL embedding or reranker model.</source>
   <translation>分词器不认识 {token}：请选择 Qwen3-VL 的嵌入模型或重排模型。</translation>
  </message>
  <message>
   <source>The usual</source>
   <translation>标准</translation>
  </message>
  <message>
   <source>The weights in {folder} do not fit their config.json ({reason}); copy the model's files again.</source>
   <translation>{folder} 中的权重与其 config.json 不符（{reason}）；请重新复制模型文件。</translation>
  </message>
  <message>
   <source>The weights in {folder} hold unknown tensors ({some}); use a complete Qwen3-VL model folder.</source>
   <translation>{folder} 中的权重含有未知张量（{some}）；请使用完整的 Qwen3-VL 模型文件夹。</translation>
  </message>
  <message>
   <source>The weights in {folder} hold values that are no numbers ({2}); fetch or copy the model again.</source>
   <translation>{folder} 中的权重含有非数值（{2}）；请重新下载或复制模型。</translation>
  </message>
  <message>
   <source>The weights in {folder} hold wrongly sized tensors ({some}); use a complete Qwen3-VL model folder.</source>
   <translation>{folder} 中的权重含有大小不对的张量（{some}）；请使用完整的 Qwen3-VL 模型文件夹。</translation>
  </message>
  <message>
   <source>The weights in {folder} lack tensors ({some}); use a complete Qwen3-VL model folder.</source>
   <translation>{folder} 中的权重缺少张量（{some}）；请使用完整的 Qwen3-VL 模型文件夹。</translation>
  </message>
  <message>
   <source>The window and its engine are of different versions. Please install Sightline again.</source>
   <translation>窗口与引擎版本不同。请重新安装 Sightline。</translation>
  </message>
  <message>
   <source>The words in pictures cannot be read: the libraries for that are missing; install Sightline again.</source>
   <translation>无法读取图片中的文字：缺少所需的库；请重新安装 Sightline。</translation>
  </message>
  <message>
   <source>There is no device called {wanted}; choose one of {2}.</source>
   <translation>没有名为 {wanted} 的设备；请选择 {2} 之一。</translation>
  </message>
  <message>
   <source>There is no file manager on this computer to show {name}.</source>
   <translation>这台电脑上没有可显示 {name} 的文件管理器。</translation>
  </message>
  <message>
   <source>There is no folder {folder}: check the path.</source>
   <translation>没有文件夹 {folder}：请检查路径。</translation>
  </message>
  <message>
   <source>There is no model called {name} to fetch: choose {names}.</source>
   <translation>没有名为 {name} 的模型可下载：请选择 {names}。</translation>
  </message>
  <message>
   <source>There is no model folder {folder}; check the path.</source>
   <translation>没有模型文件夹 {folder}；请检查路径。</translation>
  </message>
  <message>
   <source>There is no other copy of {name}.</source>
   <translation>{name} 没有其他副本。</translation>
  </message>
  <message>
   <source>There is no picture in it to copy.</source>
   <translation>其中没有可复制的图片。</translation>
  </message>
  <message>
   <source>There is no program on this computer to open {name}.</source>
   <translation>这台电脑上没有可打开 {name} 的程序。</translation>
  </message>
  <message>
   <source>There is no such setting.</source>
   <translation>没有这样的设置。</translation>
  </message>
  <message>
   <source>There is no {role} called {wanted} and no such folder; choose {names} or a model folder.</source>
   <translation>没有名为 {wanted} 的模型（{role}），也没有这样的文件夹；请选择 {names} 或一个模型文件夹。</translation>
  </message>
  <message>
   <source>There is nothing here yet</source>
   <translation>这里还没有内容</translation>
  </message>
  <message>
   <source>These files are found by name only. Everything else went on without them.</source>
   <translation>这些文件只能按名称找到。其余文件不受影响。</translation>
  </message>
  <message>
   <source>These files, or parts of them, were left out: unknown formats, very long or damaged files.</source>
   <translation>这些文件或其中一部分已略过：未知格式、过长或损坏的文件。</translation>
  </message>
  <message>
   <source>These keys already mean “{name}”.</source>
   <translation>这些按键已用于“{name}”。</translation>
  </message>
  <message>
   <source>These keys work everywhere. The command {command} does the same.</source>
   <translation>这些按键在任何地方都有效。命令 {command} 作用相同。</translation>
  </message>
  <message>
   <source>These {n} folders are searchable already.</source>
   <translation>这 {n} 个文件夹已经可以搜索。</translation>
  </message>
  <message>
   <source>They are loaded again, in some seconds, when they are needed.</source>
   <translation>需要时会在几秒内重新加载。</translation>
  </message>
  <message>
   <source>This computer has too little memory left to open {name}; close other programs.</source>
   <translation>这台电脑的剩余内存不足以打开 {name}；请关闭其他程序。</translation>
  </message>
  <message>
   <source>This computer runs on battery; indexing goes on when it is plugged in.</source>
   <translation>这台电脑正在使用电池；接通电源后将继续索引。</translation>
  </message>
  <message>
   <source>This desktop does not let programs see the screen. Take a screenshot with its own tool and paste it here.</source>
   <translation>此桌面不允许程序查看屏幕。请用它自带的工具截图，然后粘贴到这里。</translation>
  </message>
  <message>
   <source>This desktop gives programs no keys of their own. Open its keyboard settings and bind a key to the command {command}.</source>
   <translation>此桌面不允许程序注册快捷键。请打开键盘设置，将按键绑定到命令 {command}。</translation>
  </message>
  <message>
   <source>This file is left out from now on.</source>
   <translation>此文件从现在起被排除。</translation>
  </message>
  <message>
   <source>This index was made by the embedder {made_by} and cannot be searched with {wanted}: use the same embedder, embed everything again with `sightline models use {wanted}`, or choose another folder with --data-dir.</source>
   <translation>此索引由嵌入模型 {made_by} 创建，不能用 {wanted} 搜索：请使用同一嵌入模型，用 `sightline models use {wanted}` 重新处理所有内容，或用 --data-dir 选择其他文件夹。</translation>
  </message>
  <message>
   <source>This index was made by {made_by} with another --budget or other --weights: embed everything again with `sightline models use {wanted}`, or choose another folder with --data-dir.</source>
   <translation>此索引由 {made_by} 以其他 --budget 或 --weights 创建：请用 `sightline models use {wanted}` 重新处理所有内容，或用 --data-dir 选择其他文件夹。</translation>
  </message>
  <message>
   <source>This index was written by a newer Sightline: update Sightline, or choose another folder with --data-dir.</source>
   <translation>此索引由更新版本的 Sightline 写入：请更新 Sightline，或用 --data-dir 选择其他文件夹。</translation>
  </message>
  <message>
   <source>This machine has no Apple GPU that PyTorch can use; choose --device auto or cpu.</source>
   <translation>这台电脑没有 PyTorch 可用的 Apple GPU；请选择 --device auto 或 cpu。</translation>
  </message>
  <message>
   <source>This month</source>
   <translation>本月</translation>
  </message>
  <message>
   <source>This picture cannot be used as a picture to search by. {error}</source>
   <translation>无法用此图片搜索。{error}</translation>
  </message>
  <message>
   <source>This picture cannot be used to search by: it came through damaged.</source>
   <translation>无法用此图片搜索：收到时已损坏。</translation>
  </message>
  <message>
   <source>This picture is too large to search by: take a smaller part of the screen.</source>
   <translation>此图片太大，无法用来搜索：请截取屏幕的较小部分。</translation>
  </message>
  <message>
   <source>This search did not work</source>
   <translation>这次搜索没有成功</translation>
  </message>
  <message>
   <source>This system allows no more programs to watch folders (raise fs.inotify.max_user_instances)</source>
   <translation>此系统不允许更多程序监视文件夹（请调高 fs.inotify.max_user_instances）</translation>
  </message>
  <message>
   <source>This system allows no more watched folders (raise fs.inotify.max_user_watches)</source>
   <translation>此系统不允许监视更多文件夹（请调高 fs.inotify.max_user_watches）</translation>
  </message>
  <message>
   <source>This year</source>
   <translation>今年</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>标题</translation>
  </message>
  <message>
   <source>To</source>
   <translation>到</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>今天</translation>
  </message>
  <message>
   <source>Together</source>
   <translation>合计</translation>
  </message>
  <message>
   <source>Too large for this computer, which has {size} for models.</source>
   <translation>对这台电脑来说太大，可用于模型的内存为 {size}。</translation>
  </message>
  <message>
   <source>Try</source>
   <translation>试试</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <source>Try all again</source>
   <translation>全部重试</translation>
  </message>
  <message>
   <source>Try fewer or other words, say what the picture shows, or search by a picture.</source>
   <translation>试试更少或不同的文字，描述图片的内容，或用图片搜索。</translation>
  </message>
  <message>
   <source>Try: {text}</source>
   <translation>试试：{text}</translation>
  </message>
  <message>
   <source>Twice the usual</source>
   <translation>标准的两倍</translation>
  </message>
  <message>
   <source>Under 10 seconds</source>
   <translation>10 秒以内</translation>
  </message>
  <message>
   <source>Under a minute</source>
   <translation>1 分钟以内</translation>
  </message>
  <message>
   <source>Understanding pictures… results will improve in a moment.</source>
   <translation>正在理解图片…结果稍后会更好。</translation>
  </message>
  <message>
   <source>Understands photos, screenshots, pages, clips and text; fits most graphics cards with 8 GB.</source>
   <translation>理解照片、屏幕截图、页面、片段和文字；适合大多数 8 GB 显卡。</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>Until I resume</source>
   <translation>直到我继续</translation>
  </message>
  <message>
   <source>Until tomorrow</source>
   <translation>到明天</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>使用</translation>
  </message>
  <message>
   <source>Use everything now</source>
   <translation>立即全力运行</translation>
  </message>
  <message>
   <source>Use {name}</source>
   <translation>使用 {name}</translation>
  </message>
  <message>
   <source>Video</source>
   <translation>视频</translation>
  </message>
  <message>
   <source>Videos</source>
   <translation>视频</translation>
  </message>
  <message>
   <source>Wait for it</source>
   <translation>等待完成</translation>
  </message>
  <message>
   <source>Waits for nothing until all is done: the computer may be slow meanwhile</source>
   <translation>在全部完成前不再等待：期间电脑可能变慢</translation>
  </message>
  <message>
   <source>Weak</source>
   <translation>弱</translation>
  </message>
  <message>
   <source>Weak match</source>
   <translation>弱匹配</translation>
  </message>
  <message>
   <source>Weak matches</source>
   <translation>弱匹配</translation>
  </message>
  <message>
   <source>What Sightline keeps on this computer</source>
   <translation>Sightline 在这台电脑上保存的内容</translation>
  </message>
  <message>
   <source>What follows its page {1} cannot be read.</source>
   <translation>无法读取第 {1} 页之后的内容。</translation>
  </message>
  <message>
   <source>What is left out</source>
   <translation>排除的内容</translation>
  </message>
  <message>
   <source>What is nested more than {max_depth} times in a message is not read.</source>
   <translation>邮件中嵌套超过 {max_depth} 层的内容不会被读取。</translation>
  </message>
  <message>
   <source>What it shows fits your search</source>
   <translation>内容符合您的搜索</translation>
  </message>
  <message>
   <source>What should understand your files?</source>
   <translation>由什么来理解您的文件？</translation>
  </message>
  <message>
   <source>What understands your files</source>
   <translation>理解您文件的模型</translation>
  </message>
  <message>
   <source>When the window is closed</source>
   <translation>关闭窗口时</translation>
  </message>
  <message>
   <source>Where Sightline looks</source>
   <translation>Sightline 查看的位置</translation>
  </message>
  <message>
   <source>Where models run</source>
   <translation>模型运行的位置</translation>
  </message>
  <message>
   <source>Where should it look?</source>
   <translation>查看哪些位置？</translation>
  </message>
  <message>
   <source>Which folder holds the model?</source>
   <translation>模型在哪个文件夹中？</translation>
  </message>
  <message>
   <source>Which folder should Sightline look at?</source>
   <translation>要让 Sightline 查看哪个文件夹？</translation>
  </message>
  <message>
   <source>With less, files are found a little less surely. For more, all are looked at again.</source>
   <translation>空间越小，查找会略欠准确；要增大，则需重新查看所有文件。</translation>
  </message>
  <message>
   <source>Without “{filter}”: 1 file</source>
   <translation>去掉“{filter}”后：1 个文件</translation>
  </message>
  <message>
   <source>Without “{filter}”: {n} files</source>
   <translation>去掉“{filter}”后：{n} 个文件</translation>
  </message>
  <message>
   <source>Without: {text}</source>
   <translation>不含：{text}</translation>
  </message>
  <message>
   <source>Work on battery</source>
   <translation>使用电池时工作</translation>
  </message>
  <message>
   <source>Work only at these hours</source>
   <translation>仅在这些时间工作</translation>
  </message>
  <message>
   <source>Work while a program fills the screen</source>
   <translation>有程序全屏时工作</translation>
  </message>
  <message>
   <source>Year or month</source>
   <translation>年或月</translation>
  </message>
  <message>
   <source>Yesterday</source>
   <translation>昨天</translation>
  </message>
  <message>
   <source>You did not want to see these any more.</source>
   <translation>您不想再看到这些。</translation>
  </message>
  <message>
   <source>Your desktop has no keys for this yet: set them in its settings.</source>
   <translation>桌面环境尚未为此设置按键：请在其设置中指定。</translation>
  </message>
  <message>
   <source>Your desktop says: {keys}. Its keyboard settings can change that.</source>
   <translation>桌面环境的回复：{keys}。可在其键盘设置中更改。</translation>
  </message>
  <message>
   <source>a 7z archive</source>
   <translation>7z 压缩包</translation>
  </message>
  <message>
   <source>a PostScript file</source>
   <translation>PostScript 文件</translation>
  </message>
  <message>
   <source>a RAR archive</source>
   <translation>RAR 压缩包</translation>
  </message>
  <message>
   <source>a ZIP archive or an Office document</source>
   <translation>ZIP 压缩包或 Office 文档</translation>
  </message>
  <message>
   <source>a bzip2 archive</source>
   <translation>bzip2 压缩包</translation>
  </message>
  <message>
   <source>a gzip archive</source>
   <translation>gzip 压缩包</translation>
  </message>
  <message>
   <source>a program</source>
   <translation>程序</translation>
  </message>
  <message>
   <source>a sound file</source>
   <translation>声音文件</translation>
  </message>
  <message>
   <source>a zstd archive</source>
   <translation>zstd 压缩包</translation>
  </message>
  <message>
   <source>about a minute</source>
   <translation>约 1 分钟</translation>
  </message>
  <message>
   <source>about {n} days</source>
   <translation>约 {n} 天</translation>
  </message>
  <message>
   <source>about {n} hours</source>
   <translation>约 {n} 小时</translation>
  </message>
  <message>
   <source>about {n} minutes</source>
   <translation>约 {n} 分钟</translation>
  </message>
  <message>
   <source>an SQLite database</source>
   <translation>SQLite 数据库</translation>
  </message>
  <message>
   <source>an empty ZIP archive</source>
   <translation>空的 ZIP 压缩包</translation>
  </message>
  <message>
   <source>an old or a locked Office document</source>
   <translation>旧版或加密的 Office 文档</translation>
  </message>
  <message>
   <source>an xz archive</source>
   <translation>xz 压缩包</translation>
  </message>
  <message>
   <source>as they stood before the second look</source>
   <translation>复查前的顺序</translation>
  </message>
  <message>
   <source>before a day, month or year</source>
   <translation>在某天、某月或某年之前</translation>
  </message>
  <message>
   <source>before {day}</source>
   <translation>{day} 之前</translation>
  </message>
  <message>
   <source>camera or lens</source>
   <translation>相机或镜头</translation>
  </message>
  <message>
   <source>changing to another model: {share}</source>
   <translation>正在切换到另一个模型：{share}</translation>
  </message>
  <message>
   <source>choose photo, screenshot, video or document</source>
   <translation>请选择 photo、screenshot、video 或 document</translation>
  </message>
  <message>
   <source>choose relevance, newest, oldest, name or size</source>
   <translation>请选择 relevance、newest、oldest、name 或 size</translation>
  </message>
  <message>
   <source>d MMM yyyy</source>
   <translation>yyyy年M月d日</translation>
  </message>
  <message>
   <source>document</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>ending of the file, such as jpg</source>
   <translation>文件扩展名，如 jpg</translation>
  </message>
  <message>
   <source>exit code {code}</source>
   <translation>退出代码 {code}</translation>
  </message>
  <message>
   <source>folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>in {folders}</source>
   <translation>位于 {folders}</translation>
  </message>
  <message>
   <source>it is no longer there.</source>
   <translation>文件已不存在。</translation>
  </message>
  <message>
   <source>last seen {date}</source>
   <translation>上次可见于 {date}</translation>
  </message>
  <message>
   <source>length at least {low}</source>
   <translation>时长至少 {low}</translation>
  </message>
  <message>
   <source>length at most {high}</source>
   <translation>时长至多 {high}</translation>
  </message>
  <message>
   <source>length of a video, such as &lt;1m</source>
   <translation>视频时长，如 &lt;1m</translation>
  </message>
  <message>
   <source>length {low} to {high}</source>
   <translation>时长 {low} 至 {high}</translation>
  </message>
  <message>
   <source>licence {name}</source>
   <translation>许可证 {name}</translation>
  </message>
  <message>
   <source>looking closer…</source>
   <translation>正在仔细查看…</translation>
  </message>
  <message>
   <source>macOS does not let Sightline see the screen yet. Allow it in the System Settings, under Privacy &amp; Security, Screen Recording, then start Sightline again.</source>
   <translation>macOS 尚未允许 Sightline 查看屏幕。请在“系统设置”的“隐私与安全性 &gt; 屏幕录制”中允许，然后重新启动 Sightline。</translation>
  </message>
  <message>
   <source>model {name}</source>
   <translation>模型 {name}</translation>
  </message>
  <message>
   <source>more than {counts}</source>
   <translation>超过 {counts}</translation>
  </message>
  <message>
   <source>needs {size} of memory</source>
   <translation>需要 {size} 内存</translation>
  </message>
  <message>
   <source>new since you last looked; Enter shows all</source>
   <translation>自上次查看以来新增；按 Enter 显示全部</translation>
  </message>
  <message>
   <source>newest</source>
   <translation>最新</translation>
  </message>
  <message>
   <source>not {label}</source>
   <translation>排除{label}</translation>
  </message>
  <message>
   <source>nothing yet</source>
   <translation>暂无</translation>
  </message>
  <message>
   <source>oldest</source>
   <translation>最旧</translation>
  </message>
  <message>
   <source>on a day, in a month, in a year</source>
   <translation>在某天、某月或某年</translation>
  </message>
  <message>
   <source>on this computer already</source>
   <translation>已在这台电脑上</translation>
  </message>
  <message>
   <source>order of the results</source>
   <translation>结果排序</translation>
  </message>
  <message>
   <source>p. {n}</source>
   <translation>第 {n} 页</translation>
  </message>
  <message>
   <source>photo</source>
   <translation>照片</translation>
  </message>
  <message>
   <source>photo, screenshot, video or document</source>
   <translation>照片、屏幕截图、视频或文档</translation>
  </message>
  <message>
   <source>plays without sound: Enter opens it with sound</source>
   <translation>无声播放：按 Enter 打开可听声音</translation>
  </message>
  <message>
   <source>screenshot</source>
   <translation>屏幕截图</translation>
  </message>
  <message>
   <source>since a day, month or year</source>
   <translation>自某天、某月或某年起</translation>
  </message>
  <message>
   <source>since {day}</source>
   <translation>自 {day} 起</translation>
  </message>
  <message>
   <source>size at least {low}</source>
   <translation>大小至少 {low}</translation>
  </message>
  <message>
   <source>size at most {high}</source>
   <translation>大小至多 {high}</translation>
  </message>
  <message>
   <source>size {low} to {high}</source>
   <translation>大小 {low} 至 {high}</translation>
  </message>
  <message>
   <source>size, such as &gt;5MB</source>
   <translation>大小，如 &gt;5MB</translation>
  </message>
  <message>
   <source>sorted by name</source>
   <translation>按名称排序</translation>
  </message>
  <message>
   <source>sorted by relevance</source>
   <translation>按相关性排序</translation>
  </message>
  <message>
   <source>sorted by size</source>
   <translation>按大小排序</translation>
  </message>
  <message>
   <source>stars, at least</source>
   <translation>星级，至少</translation>
  </message>
  <message>
   <source>taken in {places}</source>
   <translation>拍摄于 {places}</translation>
  </message>
  <message>
   <source>taken with {cameras}</source>
   <translation>用 {cameras} 拍摄</translation>
  </message>
  <message>
   <source>that is not allowed.</source>
   <translation>不允许这样做。</translation>
  </message>
  <message>
   <source>the connection ended early</source>
   <translation>连接提前中断</translation>
  </message>
  <message>
   <source>the disk is full.</source>
   <translation>磁盘已满。</translation>
  </message>
  <message>
   <source>the folder is no longer there.</source>
   <translation>文件夹已不存在。</translation>
  </message>
  <message>
   <source>the order cannot be excluded: take the minus away</source>
   <translation>排序方式不能排除：请去掉减号</translation>
  </message>
  <message>
   <source>the thumbnails of 1 file to be made again</source>
   <translation>还有 1 个文件的缩略图要重新生成</translation>
  </message>
  <message>
   <source>the thumbnails of {n} files to be made again</source>
   <translation>还有 {n} 个文件的缩略图要重新生成</translation>
  </message>
  <message>
   <source>the words of 1 picture to be read</source>
   <translation>还有 1 张图片的文字待识别</translation>
  </message>
  <message>
   <source>the words of {n} pictures to be read</source>
   <translation>还有 {n} 张图片的文字待识别</translation>
  </message>
  <message>
   <source>tokenizer.json and config.json in {folder} disagree about {theirs}; copy both again.</source>
   <translation>{folder} 中的 tokenizer.json 与 config.json 对 {theirs} 的说法不一致；请重新复制两个文件。</translation>
  </message>
  <message>
   <source>until {last}</source>
   <translation>至 {last}</translation>
  </message>
  <message>
   <source>video</source>
   <translation>视频</translation>
  </message>
  <message>
   <source>where it was taken</source>
   <translation>拍摄地点</translation>
  </message>
  <message>
   <source>write 1 to 5 stars</source>
   <translation>请写 1 到 5 星</translation>
  </message>
  <message>
   <source>write a date, such as 2024-05, yesterday or “last summer”</source>
   <translation>请写日期，例如 2024-05、昨天或“去年夏天”</translation>
  </message>
  <message>
   <source>write a length, such as &gt;1m, 10s..2m or 1:30</source>
   <translation>请写时长，例如 &gt;1m、10s..2m 或 1:30</translation>
  </message>
  <message>
   <source>write a size, such as &gt;5MB or 100KB..2MB</source>
   <translation>请写大小，例如 &gt;5MB 或 100KB..2MB</translation>
  </message>
  <message>
   <source>write an ending, such as jpg</source>
   <translation>请写扩展名，例如 jpg</translation>
  </message>
  <message>
   <source>write what to look for after the colon</source>
   <translation>请在冒号后写要找的内容</translation>
  </message>
  <message>
   <source>{1} cannot be read ({error}); restore or delete it.</source>
   <translation>无法读取 {1}（{error}）；请恢复或删除该文件。</translation>
  </message>
  <message>
   <source>{1} could not be deleted: close Sightline and delete it yourself.</source>
   <translation>无法删除 {1}：请关闭 Sightline 后自行删除。</translation>
  </message>
  <message>
   <source>{1} is cut short or damaged ({error}); copy it again.</source>
   <translation>{1} 不完整或已损坏（{error}）；请重新复制。</translation>
  </message>
  <message>
   <source>{1} is damaged (not an object); copy it again.</source>
   <translation>{1} 已损坏（不是对象）；请重新复制。</translation>
  </message>
  <message>
   <source>{1} is damaged ({2}); fetch the model again.</source>
   <translation>{1} 已损坏（{2}）；请重新下载模型。</translation>
  </message>
  <message>
   <source>{1} is damaged ({error}); copy it again.</source>
   <translation>{1} 已损坏（{error}）；请重新复制。</translation>
  </message>
  <message>
   <source>{1} is not usable ({error}); correct or delete it.</source>
   <translation>{1} 无法使用（{error}）；请更正或删除。</translation>
  </message>
  <message>
   <source>{1} may only hold {2}; correct it.</source>
   <translation>{1} 只能包含 {2}；请更正。</translation>
  </message>
  <message>
   <source>{checkpoints} cannot be written ({reason}); allow it, or choose another --data-dir.</source>
   <translation>无法写入 {checkpoints}（{reason}）；请允许写入，或选择其他 --data-dir。</translation>
  </message>
  <message>
   <source>{chip} in bfloat16, the models' own precision.</source>
   <translation>{chip}，bfloat16，模型本身的精度。</translation>
  </message>
  <message>
   <source>{chip} in float16, because chips before M3 have no bfloat16 of their own.</source>
   <translation>{chip}，float16，因为 M3 之前的芯片没有 bfloat16。</translation>
  </message>
  <message>
   <source>{day}, {time}</source>
   <translation>{day} {time}</translation>
  </message>
  <message>
   <source>{done} of {all}</source>
   <translation>{done} / {all}</translation>
  </message>
  <message>
   <source>{done} of {all} files understood</source>
   <translation>已理解 {done} / {all} 个文件</translation>
  </message>
  <message>
   <source>{file} cannot be used ({error}): correct it, or delete it to use the defaults.</source>
   <translation>{file} 无法使用（{error}）：请更正，或删除它以使用默认值。</translation>
  </message>
  <message>
   <source>{file} cannot be used ({error}): correct it, or delete it to use the models' own shares.</source>
   <translation>{file} 无法使用（{error}）：请更正，或删除它以使用模型自己的比例。</translation>
  </message>
  <message>
   <source>{file} is damaged ({error}); copy the model's files again.</source>
   <translation>{file} 已损坏（{error}）；请重新复制模型文件。</translation>
  </message>
  <message>
   <source>{folder} belongs to Sightline itself: choose a folder with files of your own.</source>
   <translation>{folder} 属于 Sightline 自身：请选择存放您自己文件的文件夹。</translation>
  </message>
  <message>
   <source>{folder} has its weights as {pickle}, which may hold programs and is never opened; put the model's {name} there.</source>
   <translation>{folder} 中的权重是 {pickle}，其中可能含有程序，因此绝不会打开；请把模型的 {name} 放到那里。</translation>
  </message>
  <message>
   <source>{folder} has no tokenizer.json; copy all files of the model there.</source>
   <translation>{folder} 中没有 tokenizer.json；请把模型的所有文件复制到那里。</translation>
  </message>
  <message>
   <source>{folder} has no {name}; copy all files of the model there.</source>
   <translation>{folder} 中没有 {name}；请把模型的所有文件复制到那里。</translation>
  </message>
  <message>
   <source>{folder} holds a model of another kind ({found}); choose a Qwen3-VL-Embedding or Qwen3-VL-Reranker folder.</source>
   <translation>{folder} 中是另一种模型（{found}）；请选择 Qwen3-VL-Embedding 或 Qwen3-VL-Reranker 的文件夹。</translation>
  </message>
  <message>
   <source>{folder} is a file: give the folder it is in.</source>
   <translation>{folder} 是文件：请给出它所在的文件夹。</translation>
  </message>
  <message>
   <source>{folder} lacks {name}; copy all files of the model there.</source>
   <translation>{folder} 缺少 {name}；请把模型的所有文件复制到那里。</translation>
  </message>
  <message>
   <source>{help}, one only</source>
   <translation>{help}，只能写一个</translation>
  </message>
  <message>
   <source>{host} does not send {path} ({problem})</source>
   <translation>{host} 不发送 {path}（{problem}）</translation>
  </message>
  <message>
   <source>{host} refuses {path} (HTTP status {status_code})</source>
   <translation>{host} 拒绝提供 {path}（HTTP 状态 {status_code}）</translation>
  </message>
  <message>
   <source>{keys} cannot be used, perhaps another program has it. Choose other keys, or bind the command {command} to a key in the settings of your desktop.</source>
   <translation>无法使用 {keys}，可能已被其他程序占用。请选择其他按键，或在桌面设置中将命令 {command} 绑定到按键。</translation>
  </message>
  <message>
   <source>{label}: {text}</source>
   <translation>{label}：{text}</translation>
  </message>
  <message>
   <source>{left} files cannot be looked at again now: connect their drive, or resume their folder. Until then searches go on as before.</source>
   <translation>现在无法重新查看 {left} 个文件：请连接它们所在的驱动器，或恢复它们所在的文件夹。在此之前，搜索照常进行。</translation>
  </message>
  <message>
   <source>{lost} files in the cache of thumbnails are of nothing in the index.</source>
   <translation>缩略图缓存中有 {lost} 个文件与索引中的内容无关。</translation>
  </message>
  <message>
   <source>{month} {year}</source>
   <translation>{year}年{month}</translation>
  </message>
  <message>
   <source>{name} answered with HTTP status {status}</source>
   <translation>{name} 返回 HTTP 状态 {status}</translation>
  </message>
  <message>
   <source>{name} cannot be played. {error}</source>
   <translation>无法播放 {name}。{error}</translation>
  </message>
  <message>
   <source>{name} cannot be removed ({strerror}); close the programs that use it.</source>
   <translation>无法移除 {name}（{strerror}）；请关闭正在使用它的程序。</translation>
  </message>
  <message>
   <source>{name} cannot be shown large. {error}</source>
   <translation>无法放大显示 {name}。{error}</translation>
  </message>
  <message>
   <source>{name} cannot be used as a picture to search by. {error}</source>
   <translation>无法用 {name} 作为图片搜索。{error}</translation>
  </message>
  <message>
   <source>{name} could not be fetched: {why}. Try again later; what has arrived is kept.</source>
   <translation>无法下载 {name}：{why}。请稍后再试；已下载的部分会保留。</translation>
  </message>
  <message>
   <source>{name} could not be started.</source>
   <translation>无法启动 {name}。</translation>
  </message>
  <message>
   <source>{name} could not be: {why}</source>
   <translation>{name} 未成功：{why}</translation>
  </message>
  <message>
   <source>{name} does not fit into the memory of this computer; close other programs or choose a smaller model.</source>
   <translation>{name} 超出这台电脑的内存；请关闭其他程序，或选择较小的模型。</translation>
  </message>
  <message>
   <source>{name} does not fit into the memory of this {name2} device; choose a smaller model or --device cpu.</source>
   <translation>{name} 超出此设备（{name2}）的内存；请选择较小的模型或 --device cpu。</translation>
  </message>
  <message>
   <source>{name} gave no list of files ({2})</source>
   <translation>{name} 未给出文件列表（{2}）</translation>
  </message>
  <message>
   <source>{name} in bfloat16, the models' own precision.</source>
   <translation>{name}，bfloat16，模型本身的精度。</translation>
  </message>
  <message>
   <source>{name} in float16, because this card has no bfloat16.</source>
   <translation>{name}，float16，因为此显卡没有 bfloat16。</translation>
  </message>
  <message>
   <source>{name} is no longer in the index.</source>
   <translation>{name} 已不在索引中。</translation>
  </message>
  <message>
   <source>{name} is no longer there. It was moved, renamed or deleted.</source>
   <translation>{name} 已不存在。它被移动、重命名或删除了。</translation>
  </message>
  <message>
   <source>{name} is no {role}; choose {tiny}, {fitting} or a folder.</source>
   <translation>{name} 不是 {role}；请选择 {tiny}、{fitting} 或一个文件夹。</translation>
  </message>
  <message>
   <source>{name} is not on this computer; `sightline models list` shows what is.</source>
   <translation>{name} 不在这台电脑上；`sightline models list` 可列出已有的模型。</translation>
  </message>
  <message>
   <source>{name} is on “{offline}”, which is not connected.</source>
   <translation>{name} 位于“{offline}”上，而它未连接。</translation>
  </message>
  <message>
   <source>{name} lists no whole model</source>
   <translation>{name} 未列出完整的模型</translation>
  </message>
  <message>
   <source>{name} needs {n} GB on the disk of {parent}, which has {n4} GB free; make room, or choose another --data-dir.</source>
   <translation>{name} 需要 {parent} 所在磁盘上的 {n} GB，而可用的只有 {n4} GB；请腾出空间，或选择其他 --data-dir。</translation>
  </message>
  <message>
   <source>{number} stars or more</source>
   <translation>{number} 星或以上</translation>
  </message>
  <message>
   <source>{n} GB</source>
   <translation>{n} GB</translation>
  </message>
  <message>
   <source>{n} by name</source>
   <translation>{n} 可按名称找到</translation>
  </message>
  <message>
   <source>{n} connections were made, for what you asked for:</source>
   <translation>为满足您的请求，建立过 {n} 次连接：</translation>
  </message>
  <message>
   <source>{n} copies of this file</source>
   <translation>此文件有 {n} 个副本</translation>
  </message>
  <message>
   <source>{n} documents</source>
   <translation>{n} 个文档</translation>
  </message>
  <message>
   <source>{n} files</source>
   <translation>{n} 个文件</translation>
  </message>
  <message>
   <source>{n} files a minute</source>
   <translation>每分钟 {n} 个文件</translation>
  </message>
  <message>
   <source>{n} files a second</source>
   <translation>每秒 {n} 个文件</translation>
  </message>
  <message>
   <source>{n} files are left out from now on.</source>
   <translation>{n} 个文件从现在起被排除。</translation>
  </message>
  <message>
   <source>{n} files are still waiting to be understood. Some of them may turn up later.</source>
   <translation>还有 {n} 个文件等待理解，其中一些可能稍后出现。</translation>
  </message>
  <message>
   <source>{n} files chosen</source>
   <translation>已选择 {n} 个文件</translation>
  </message>
  <message>
   <source>{n} files come in.</source>
   <translation>将加入 {n} 个文件。</translation>
  </message>
  <message>
   <source>{n} files leave the index, for example {names}.</source>
   <translation>{n} 个文件将移出索引，例如 {names}。</translation>
  </message>
  <message>
   <source>{n} files left out</source>
   <translation>略过 {n} 个文件</translation>
  </message>
  <message>
   <source>{n} files to be looked at once more</source>
   <translation>还有 {n} 个文件要再看一次</translation>
  </message>
  <message>
   <source>{n} files to go</source>
   <translation>还剩 {n} 个文件</translation>
  </message>
  <message>
   <source>{n} files understood</source>
   <translation>已理解 {n} 个文件</translation>
  </message>
  <message>
   <source>{n} files were copied to {to}.</source>
   <translation>已将 {n} 个文件复制到 {to}。</translation>
  </message>
  <message>
   <source>{n} files, all understood</source>
   <translation>{n} 个文件，全部已理解</translation>
  </message>
  <message>
   <source>{n} files, still found</source>
   <translation>{n} 个文件，仍可找到</translation>
  </message>
  <message>
   <source>{n} more</source>
   <translation>还有 {n} 个</translation>
  </message>
  <message>
   <source>{n} new</source>
   <translation>{n} 个新文件</translation>
  </message>
  <message>
   <source>{n} of {m}</source>
   <translation>{n} / {m}</translation>
  </message>
  <message>
   <source>{n} of {m} files were copied, then you stopped it.</source>
   <translation>已复制 {n} / {m} 个文件，随后您停止了。</translation>
  </message>
  <message>
   <source>{n} of {m} files were copied.</source>
   <translation>已复制 {n} / {m} 个文件。</translation>
  </message>
  <message>
   <source>{n} of {m} files were copied: the folder {to} is no longer there.</source>
   <translation>已复制 {m} 个文件中的 {n} 个：文件夹 {to} 已不存在。</translation>
  </message>
  <message>
   <source>{n} or more</source>
   <translation>至少 {n}</translation>
  </message>
  <message>
   <source>{n} photos</source>
   <translation>{n} 张照片</translation>
  </message>
  <message>
   <source>{n} problems</source>
   <translation>{n} 个问题</translation>
  </message>
  <message>
   <source>{n} results</source>
   <translation>{n} 个结果</translation>
  </message>
  <message>
   <source>{n} screenshots</source>
   <translation>{n} 张屏幕截图</translation>
  </message>
  <message>
   <source>{n} seen once</source>
   <translation>{n} 已粗看</translation>
  </message>
  <message>
   <source>{n} stars or more</source>
   <translation>{n} 星或以上</translation>
  </message>
  <message>
   <source>{n} that look the same</source>
   <translation>{n} 个看起来相同</translation>
  </message>
  <message>
   <source>{n} understood</source>
   <translation>{n} 已理解</translation>
  </message>
  <message>
   <source>{n} videos</source>
   <translation>{n} 个视频</translation>
  </message>
  <message>
   <source>{n}+ results</source>
   <translation>{n}+ 个结果</translation>
  </message>
  <message>
   <source>{path} cannot be compared with now: its pictures were lost, and are made again while Sightline runs.</source>
   <translation>暂时无法与 {path} 比较：它的图片已丢失，Sightline 运行时会重新生成。</translation>
  </message>
  <message>
   <source>{path} holds the indexed folder {inner}: remove that from the list first.</source>
   <translation>{path} 包含已索引的文件夹 {inner}：请先将后者从列表中移除。</translation>
  </message>
  <message>
   <source>{path} is not a Sightline index: move it away, or choose another folder with --data-dir.</source>
   <translation>{path} 不是 Sightline 索引：请将其移走，或用 --data-dir 选择其他文件夹。</translation>
  </message>
  <message>
   <source>{path} is not among the indexed folders: see `sightline folders list`.</source>
   <translation>{path} 不在已索引的文件夹中：可用 `sightline folders list` 查看。</translation>
  </message>
  <message>
   <source>{path} is not in the index yet, so nothing can be compared with it.</source>
   <translation>{path} 尚未编入索引，无法与之比较。</translation>
  </message>
  <message>
   <source>{path} is not valid TOML: {error}. Correct or delete it.</source>
   <translation>{path} 不是有效的 TOML：{error}。请更正或删除。</translation>
  </message>
  <message>
   <source>{path} is one of the indexed folders: remove it from the list instead.</source>
   <translation>{path} 是已索引的文件夹之一：请改为将它从列表中移除。</translation>
  </message>
  <message>
   <source>{path} was written by a newer Sightline (settings version {version}, this program knows {schema_version}). Update Sightline, or move that file away to start with defaults.</source>
   <translation>{path} 由更新版本的 Sightline 写入（设置版本 {version}，此程序支持 {schema_version}）。请更新 Sightline，或移走该文件以使用默认设置。</translation>
  </message>
  <message>
   <source>{path}, line {2}: there is no setting '{key}'. {hint}</source>
   <translation>{path}，第 {2} 行：没有设置“{key}”。{hint}</translation>
  </message>
  <message>
   <source>{path}, line {2}: {3}. Correct it.</source>
   <translation>{path}，第 {2} 行：{3}。请更正。</translation>
  </message>
  <message>
   <source>{repository} is not on this computer yet: fetch it with `sightline models download {name}`, or give a folder with its files.</source>
   <translation>{repository} 还不在这台电脑上：请在设置中或用 `sightline models download {name}` 下载，或给出包含其文件的文件夹。</translation>
  </message>
  <message>
   <source>{root} is not a folder. Choose the folder that contains it.</source>
   <translation>{root} 不是文件夹。请选择包含它的文件夹。</translation>
  </message>
  <message>
   <source>{size} a second</source>
   <translation>每秒 {size}</translation>
  </message>
  <message>
   <source>{size} free on the disk</source>
   <translation>磁盘剩余 {size}</translation>
  </message>
  <message>
   <source>{size} of memory for models</source>
   <translation>{size} 内存可用于模型</translation>
  </message>
  <message>
   <source>{size} to fetch</source>
   <translation>需下载 {size}</translation>
  </message>
  <message>
   <source>{source} offers another {path} than the published one</source>
   <translation>{source} 提供的 {path} 与公布的不同</translation>
  </message>
  <message>
   <source>{source} sent a damaged {path} twice</source>
   <translation>{source} 两次发来损坏的 {path}</translation>
  </message>
  <message>
   <source>{time} at 50 Mbit/s</source>
   <translation>按 50 Mbit/s 计算{time}</translation>
  </message>
  <message>
   <source>{time} left</source>
   <translation>剩余{time}</translation>
  </message>
  <message>
   <source>{trouble} Until it can, searches go on as before.</source>
   <translation>{trouble}在此之前，搜索照常进行。</translation>
  </message>
  <message>
   <source>{why} Its text is indexed.</source>
   <translation>{why}其文字已索引。</translation>
  </message>
  <message>
   <source>{why}: changes are noticed within {n} seconds.</source>
   <translation>{why}：更改会在 {n} 秒内发现。</translation>
  </message>
  <message>
   <source>“Find similar in Sightline”, by a right click on pictures, films and PDFs.</source>
   <translation>右键点击图片、视频或 PDF，选择“在 Sightline 中查找相似内容”。</translation>
  </message>
  <message>
   <source>“{1}” is not understood: {help}.</source>
   <translation>无法理解“{1}”：{help}。</translation>
  </message>
  <message>
   <source>“{name}” does not answer: what was found there stays, and is up to date again once it does.</source>
   <translation>“{name}”没有响应：在其中找到的内容会保留，恢复响应后将更新至最新。</translation>
  </message>
  <message>
   <source>“{name}” is not connected</source>
   <translation>“{name}”未连接</translation>
  </message>
  <message>
   <source>“{name}” is not connected. Connect it and try again.</source>
   <translation>“{name}”未连接。请连接后重试。</translation>
  </message>
  <message>
   <source>“{name}” is not connected: what was found on it stays, and is up to date again once it is.</source>
   <translation>“{name}”未连接：在其中找到的内容会保留，重新连接后将恢复最新。</translation>
  </message>
  <message>
   <source>“{name}” is searchable already.</source>
   <translation>“{name}”已经可以搜索。</translation>
  </message>
  <message>
   <source>“{text}” are no working hours: write them as in 22:00-07:00, or leave them empty.</source>
   <translation>“{text}”不是工作时段：请写成 22:00-07:00 的形式，或留空。</translation>
  </message>
 </context>
</TS>
