namespace CccRules.Hosting;

/// <summary>Watches files of rules, and asks for a reload when they have been left alone for a while.</summary>
internal sealed class RulesetWatcher : IDisposable
{
    private readonly FileSystemWatcher _files;
    private readonly Timer _settled;
    private readonly TimeSpan _settleTime;

    private RulesetWatcher(string folder, ReadOnlySpan<string> filters, bool isDeep, TimeSpan settleTime, Func<Task> reload)
    {
        _settleTime = settleTime;
        // A reload never throws for what files hold, and reports what it finds.
        _settled = new Timer(state => _ = reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _files = new FileSystemWatcher(folder) { IncludeSubdirectories = isDeep };
        foreach (var filter in filters)
        {
            _files.Filters.Add(filter);
        }

        _files.Changed += Touch;
        _files.Created += Touch;
        _files.Deleted += Touch;
        _files.Renamed += Touch;
        // Changes that were too many to be told one by one are changes.
        _files.Error += (_, _) => Touch();
    }

    /// <summary>A watcher of the options' rules; null where there are no files to watch.</summary>
    public static RulesetWatcher? Create(RulesetHostOptions options, Func<Task> reload) =>
        options.Assembly is { } assembly && Path.GetDirectoryName(Path.GetFullPath(assembly)) is { } folder && Directory.Exists(folder)
            ? new RulesetWatcher(folder, [Path.GetFileName(assembly)], false, options.SettleTime, reload)
            : options.Folder is { } rules && Directory.Exists(rules) ? new RulesetWatcher(Path.GetFullPath(rules), ["*.ccc", "*.csv", "*.tsv", "*.xlsx", "*.json"], true, options.SettleTime, reload)
            : null;

    public void Start() => _files.EnableRaisingEvents = true;

    public void Dispose()
    {
        _files.Dispose();
        _settled.Dispose();
    }

    private void Touch(object sender, FileSystemEventArgs change) => Touch();

    private void Touch()
    {
        try
        {
            _settled.Change(_settleTime, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The last change came while the host was taken down.
        }
    }
}
