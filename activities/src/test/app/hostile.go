package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

const patience = 2 * time.Second

// misbehave does what a hostile tenant would try from a shell in the container, and says how far it got.
func misbehave(what string, arguments []string) map[string]string {
	switch what {
	case "dial":
		return dial(arguments)
	case "lookup":
		return lookup(arguments)
	case "addresses":
		return addresses()
	case "write":
		return write(arguments)
	case "fork":
		return fork(arguments[0])
	case "allocate":
		return allocate(arguments[0])
	case "escape":
		return escape()
	}
	return map[string]string{what: "is unknown"}
}

func tell(outcome map[string]string) {
	text, _ := json.Marshal(outcome)
	fmt.Println(string(text))
}

// dial connects to each host:port at once: open, refused (nothing listens), filtered (somebody says no), silent, unknown (no
// such name), no way (the container has no address or route of that kind, as without IPv6).
func dial(targets []string) map[string]string {
	outcome := map[string]string{}
	var lock sync.Mutex
	var all sync.WaitGroup
	for _, target := range targets {
		all.Add(1)
		go func() {
			defer all.Done()
			connection, err := net.DialTimeout("tcp", target, patience)
			if err == nil {
				connection.Close()
			}
			lock.Lock()
			defer lock.Unlock()
			outcome[target] = word(err)
		}()
	}
	all.Wait()
	return outcome
}

func word(err error) string {
	var name *net.DNSError
	switch {
	case err == nil:
		return "open"
	case errors.As(err, &name):
		return "unknown"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EACCES):
		return "filtered"
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.Is(err, syscall.ENETUNREACH):
		return "no way"
	}
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		return "silent"
	}
	return err.Error()
}

func lookup(names []string) map[string]string {
	outcome := map[string]string{}
	var lock sync.Mutex
	var all sync.WaitGroup
	for _, name := range names {
		all.Add(1)
		go func() {
			defer all.Done()
			found, err := net.LookupHost(name)
			lock.Lock()
			defer lock.Unlock()
			outcome[name] = strings.Join(found, " ")
			if err != nil {
				outcome[name] = "unknown"
			}
		}()
	}
	all.Wait()
	return outcome
}

func addresses() map[string]string {
	outcome := map[string]string{}
	interfaces, _ := net.Interfaces()
	for _, each := range interfaces {
		found, _ := each.Addrs()
		var texts []string
		for _, address := range found {
			texts = append(texts, address.(*net.IPNet).IP.String())
		}
		outcome[each.Name] = strings.Join(texts, " ")
	}
	return outcome
}

// write fills a file in each folder until it is refused, or 512 MB are written.
func write(folders []string) map[string]string {
	outcome := map[string]string{}
	block := make([]byte, 1<<20)
	for _, folder := range folders {
		file, err := os.Create(folder + "/fill")
		written := 0
		for err == nil && written < 512 {
			if _, err = file.Write(block); err == nil {
				written++
			}
		}
		outcome[folder] = fmt.Sprintf("%d MB, %v", written, cause(err))
		if file != nil {
			file.Close()
			os.Remove(folder + "/fill")
		}
	}
	return outcome
}

func cause(err error) error {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number
	}
	return err
}

// fork splits this process until it is refused, holds the copies for a while and ends them. Raw system calls alone: the
// runtime would want threads, which are refused too.
func fork(most string) map[string]string {
	limit, _ := strconv.Atoi(most)
	children := make([]uintptr, 0, limit)
	var refused syscall.Errno
	for len(children) < limit {
		child, _, number := syscall.RawSyscall(syscall.SYS_FORK, 0, 0, 0)
		if number != 0 {
			refused = number
			break
		}
		for child == 0 {
			syscall.RawSyscall(syscall.SYS_PAUSE, 0, 0, 0)
		}
		children = append(children, child)
	}
	hold := syscall.Timespec{Sec: 3}
	syscall.RawSyscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&hold)), 0, 0)
	for _, child := range children {
		syscall.RawSyscall(syscall.SYS_KILL, child, uintptr(syscall.SIGKILL), 0)
	}
	for _, child := range children {
		syscall.RawSyscall6(syscall.SYS_WAIT4, child, 0, 0, 0, 0, 0)
	}
	return map[string]string{"started": strconv.Itoa(len(children)), "error": fmt.Sprint(errnoOrNil(refused))}
}

func allocate(megabytes string) map[string]string {
	count, _ := strconv.Atoi(megabytes)
	var held [][]byte
	for i := 0; i < count; i++ {
		block := make([]byte, 1<<20)
		for j := 0; j < len(block); j += 4096 {
			block[j] = 1
		}
		held = append(held, block)
	}
	return map[string]string{"allocated": strconv.Itoa(len(held))}
}

// flood writes that many megabytes of log lines and goes on serving.
func flood(megabytes int) {
	line := strings.Repeat("x", 1023) + "\n"
	for i := 0; i < megabytes<<10; i++ {
		os.Stdout.WriteString(line)
	}
	os.Stdout.WriteString("flooded\n")
}

// escape asks the kernel for what only the host's root may have.
func escape() map[string]string {
	outcome := map[string]string{}
	say := func(what string, err error) { outcome[what] = fmt.Sprint(cause(err)) }
	_, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_RAW, syscall.IPPROTO_ICMP)
	say("raw socket", err)
	_, err = syscall.Socket(syscall.AF_PACKET, syscall.SOCK_RAW, 0x0300)
	say("packet socket", err)
	say("mount", syscall.Mount("none", "/tmp", "tmpfs", 0, ""))
	_, _, number := syscall.RawSyscall(syscall.SYS_SETUID, 0, 0, 0)
	say("setuid 0", errnoOrNil(number))
	_, _, number = syscall.RawSyscall(syscall.SYS_UNSHARE, syscall.CLONE_NEWUSER, 0, 0)
	say("user namespace", errnoOrNil(number))
	say("device", syscall.Mknod("/tmp/disk", syscall.S_IFBLK|0600, 0xfe00))
	say("host name", syscall.Sethostname([]byte("owned")))
	say("chroot", syscall.Chroot("/"))
	say("kernel setting", os.WriteFile("/proc/sys/kernel/core_pattern", []byte("|/app"), 0))
	_, err = os.Open("/proc/kcore")
	say("kernel memory", err)
	_, err = os.Stat("/var/run/docker.sock")
	say("engine's socket", err)
	_, err = os.Stat("/run/docker.sock")
	say("engine's socket in /run", err)
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		name, value, _ := strings.Cut(line, ":")
		switch name {
		case "CapEff", "CapBnd", "NoNewPrivs", "Seccomp", "Uid":
			outcome[name] = strings.Join(strings.Fields(value), " ")
		}
	}
	mounts, _ := os.ReadFile("/proc/self/mountinfo")
	for _, line := range strings.Split(string(mounts), "\n") {
		if fields := strings.Fields(line); len(fields) > 5 {
			outcome["mount "+fields[4]] = strings.Split(fields[5], ",")[0]
		}
	}
	return outcome
}

func errnoOrNil(number syscall.Errno) error {
	if number == 0 {
		return nil
	}
	return number
}
