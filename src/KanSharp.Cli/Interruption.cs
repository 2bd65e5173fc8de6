using System.Runtime.InteropServices;

namespace KanSharp.Cli;

/// <summary>Ctrl+C once asks to stop, a second time ends the process at once; SIGTERM asks to stop.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Terminal _terminal;
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption(Terminal terminal)
    {
        _terminal = terminal;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            // A progress bar hides the cursor
            _terminal.Error.WriteLine(_terminal.IsInteractive ? "\u001b[?25h\nAborted." : "\nAborted.");
            Environment.Exit(ExitCode.Cancelled);
        }

        _terminal.Error.WriteLine("\nStopping; what has been reached so far is kept. Press Ctrl+C again to abort.");
        _source.Cancel();
    }
}
