using System.Text.Json;

namespace KanSharp.Tests.Cli;

/// <summary>What a command returned and wrote.</summary>
internal sealed record CliResult(int Code, string Out, string Error)
{
    /// <summary>Fails with the error stream unless the exit code is as expected.</summary>
    public CliResult Expect(int code)
    {
        Assert.True(Code == code, $"exit code {Code}, expected {code}\n{Error}\n{Out}");
        return this;
    }

    /// <summary>The output as the one JSON object that it must be.</summary>
    public JsonElement Json()
    {
        using JsonDocument document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }
}
