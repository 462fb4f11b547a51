using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CccRules.Batch.Sinks;

/// <summary>
/// Writes where the handle stands, and moves it on for everyone who shares it: <c>(ccc classify …; echo end) > file</c> and
/// <c>2>&amp;1</c> keep each other's lines. A <see cref="FileStream"/> counts its own position in files that can seek, and so
/// overwrites what another wrote.
/// </summary>
internal sealed class SharedStream(SafeFileHandle handle) : Stream
{
    private const int Interrupted = 4;
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Where the system has no such thing as a shared position, an ordinary stream.</summary>
    public static Stream Open(SafeFileHandle handle) =>
        OperatingSystem.IsWindows() ? new FileStream(handle, FileAccess.Write, bufferSize: 0) : new SharedStream(handle);

    /// <exception cref="IOException">The device is full, or the reader has gone.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = write(handle, in MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;
                case WouldBlock or WouldBlockOnMac:
                    Thread.Sleep(1);
                    break;
                case var error:
                    throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(SafeFileHandle file, in byte bytes, nint count);
}
