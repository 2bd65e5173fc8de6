using BenchmarkDotNet.Running;
using KanSharp.Benchmarks;

if (args.Length > 0 && args[0] == "suite")
{
    string[] rest = args.Length > 1 ? args[1..] : ["--filter", "*"];
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest);
    return 0;
}

IBenchmarkCase? chosen = args.Length > 0 ? CaseRegistry.Find(args[0]) : null;
if (chosen is null)
{
    if (args.Length > 0)
        Console.Error.WriteLine($"There is no case '{args[0]}'.");
    Console.Error.WriteLine("usage: bench/run CASE [options] [--json]    or: bench/run suite [BenchmarkDotNet options]");
    foreach (IBenchmarkCase one in CaseRegistry.All)
        Console.Error.WriteLine($"  {one.Name,-12} {one.Usage}");
    return 2;
}

try
{
    var options = new CaseOptions(args.AsSpan(1));
    bool json = options.Flag("json");
    foreach (Report report in chosen.Run(options))
        Console.WriteLine(json ? report.ToJson() : report.ToText());
    return 0;
}
catch (FormatException error)
{
    Console.Error.WriteLine($"{chosen.Name}: {error.Message} Options: {chosen.Usage}");
    return 2;
}
